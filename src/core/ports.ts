/** Milliseconds since the Unix epoch. The real one is `Date.now`; tests and `--now` give their own. */
export type Clock = () => number;

/** A number in [0, 1). The real one is `Math.random`. */
export type Random = () => number;

/**
 * Resolves after so many milliseconds, or as soon as the signal aborts; never rejects. The real one
 * is `sleepFor` in `graph/sleep.ts`; tests let time pass as they like.
 */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

/**
 * A `fetch`-compatible function. It always sees the production URL of a request; what it does with
 * it (the network, an emulator, a test) is its own affair.
 */
export type Transport = (request: Request) => Promise<Response>;
