import type { Sleep } from "../core/ports.js";

/**
 * Gives work a time limit. The controller tells it to stop; whether it listens or not, the result
 * is a rejection with a `TimeoutError` once the time is over.
 *
 * @param ms milliseconds
 */
export async function withDeadline<T>(
  ms: number,
  controller: AbortController,
  sleep: Sleep,
  work: () => Promise<T>,
): Promise<T> {
  const over = new AbortController();
  const expiry = sleep(ms, over.signal).then(() => {
    if (over.signal.aborted) return new Promise<never>(() => undefined);
    const reason = new DOMException(`no answer within ${String(ms)} ms`, "TimeoutError");
    // Work that fails by the abort must not look cut off: the verdict is given first.
    queueMicrotask(() => {
      controller.abort(reason);
    });
    throw reason;
  });
  try {
    return await Promise.race([work(), expiry]);
  } finally {
    over.abort();
  }
}
