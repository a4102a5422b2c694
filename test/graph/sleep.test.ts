import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { sleepFor } from "../../src/graph/sleep.js";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** A sleep, and whether it is over. */
function sleeping(ms: number, signal: AbortSignal) {
  const state = { over: false };
  void sleepFor(ms, signal).then(() => {
    state.over = true;
  });
  return state;
}

describe("a sleep", () => {
  it("lasts as long as it should, and leaves no ear behind", async () => {
    const { signal } = new AbortController();
    const removed = vi.spyOn(signal, "removeEventListener");
    const sleep = sleeping(1_000, signal);
    await vi.advanceTimersByTimeAsync(999);
    expect(sleep.over).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(sleep.over).toBe(true);
    expect(removed).toHaveBeenCalledOnce();
  });

  it("ends at once when its signal aborts, and leaves no timer behind", async () => {
    const controller = new AbortController();
    const sleep = sleeping(1_000, controller.signal);
    controller.abort();
    await vi.advanceTimersByTimeAsync(0);
    expect(sleep.over).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("does not begin when its signal has aborted already", async () => {
    const sleep = sleeping(1_000, AbortSignal.abort());
    await vi.advanceTimersByTimeAsync(0);
    expect([sleep.over, vi.getTimerCount()]).toEqual([true, 0]);
  });

  it("of more than a timer can count is a long one, and not none", async () => {
    const sleep = sleeping(Number.MAX_SAFE_INTEGER, new AbortController().signal);
    await vi.advanceTimersByTimeAsync(24 * 3_600_000);
    expect(sleep.over).toBe(false);
  });
});
