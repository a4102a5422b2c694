/** How many take turns at once: each holds what it packs. */
const AT_ONCE = 16;

/** One of each after the other, again and again, until all have come to their end. */
export async function* inTurns<T>(
  sources: readonly (() => AsyncGenerator<T, void, undefined>)[],
): AsyncGenerator<T, void, undefined> {
  const waiting = [...sources];
  let running = waiting.splice(0, AT_ONCE).map((start) => start());
  while (running.length > 0) {
    const goingOn: AsyncGenerator<T, void, undefined>[] = [];
    for (const source of running) {
      const next = await source.next();
      if (next.done !== true) {
        goingOn.push(source);
        yield next.value;
      } else {
        const [start] = waiting.splice(0, 1);
        if (start !== undefined) goingOn.push(start());
      }
    }
    running = goingOn;
  }
}
