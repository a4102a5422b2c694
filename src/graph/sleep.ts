import type { Sleep } from "../core/ports.js";

/** Sleeps in real time; wakes up at once when the signal aborts. */
export const sleepFor: Sleep = (ms, signal) =>
  new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const wake = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", wake);
      resolve();
    };
    const timer = setTimeout(wake, Math.min(ms, LONGEST_TIMEOUT));
    signal.addEventListener("abort", wake);
  });

/** What a timer of Node can count to; more would fire at once. */
const LONGEST_TIMEOUT = 2 ** 31 - 1;
