/**
 * Gives work a time limit. The controller tells it to stop; whether it listens or not, the result
 * is a rejection with a `TimeoutError` once the time is over.
 *
 * @param ms milliseconds
 */
export async function withDeadline<T>(
  ms: number,
  controller: AbortController,
  work: () => Promise<T>,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const expiry = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const reason = new DOMException(`no answer within ${String(ms)} ms`, "TimeoutError");
      // First the verdict, then the abort: work that fails by the abort must not look cut off.
      reject(reason);
      controller.abort(reason);
    }, ms);
  });
  try {
    return await Promise.race([work(), expiry]);
  } finally {
    clearTimeout(timer);
  }
}
