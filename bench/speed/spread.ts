/** Measures by rounds in turns: whatever else the machine does falls upon all alike. */

/** What a figure was over its rounds. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** Work on rows; gives how many bytes it made, so that none of it is left out. */
export type Work = () => Promise<number> | number;

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? NaN;
  const median = sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
  return { median, min: sorted[0] ?? NaN, max: sorted.at(-1) ?? NaN };
}

/**
 * Milliseconds of processors that each work takes, round by round. The first rounds, in which the
 * engine learns what is hot, do not count.
 */
export async function inTurns(
  works: Readonly<Record<string, Work>>,
  { rounds, warming }: { readonly rounds: number; readonly warming: number },
): Promise<readonly ReadonlyMap<string, number>[]> {
  const taken: ReadonlyMap<string, number>[] = [];
  for (let round = -warming; round < rounds; round += 1) {
    const times = new Map<string, number>();
    for (const [name, work] of Object.entries(works)) times.set(name, await processorTime(work));
    if (round >= 0) taken.push(times);
  }
  return taken;
}

/**
 * Of all threads of this process: what counts is the throughput of a core. Garbage is collected when the
 * engine will: whoever forces it between two works makes it throw away the code that it has made for them,
 * and measures how long it takes to make it again.
 */
export async function processorTime(work: Work): Promise<number> {
  const used = process.cpuUsage();
  const made = await work();
  const { user, system } = process.cpuUsage(used);
  if (made === 0) throw new Error("nothing was made");
  return (user + system) / 1_000;
}
