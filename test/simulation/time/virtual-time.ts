import { setImmediate } from "node:timers";

/** Something that is due at an instant. */
interface Due {
  readonly at: number;
  readonly act: () => void;
}

/**
 * Time that passes only from one thing that is due to the next. In between everything that waits for
 * nothing but promises runs to its end, so that a schedule takes the same course each time.
 */
export class VirtualTime {
  private readonly queue: Due[] = [];
  private readonly outside = new Set<Promise<unknown>>();

  constructor(private instant: number) {}

  readonly clock = (): number => this.instant;

  /** Lets something happen after so many milliseconds; gives what takes it back. */
  in(ms: number, act: () => void): () => void {
    const due = { at: this.instant + Math.max(0, ms), act };
    const place = this.queue.findLastIndex(({ at }) => at <= due.at) + 1;
    this.queue.splice(place, 0, due);
    return () => {
      const found = this.queue.indexOf(due);
      if (found >= 0) this.queue.splice(found, 1);
    };
  }

  /** Runs until something is so; false when nothing is due any more and it is not. */
  async until(done: () => boolean): Promise<boolean> {
    for (;;) {
      await this.everythingAtRest();
      if (done()) return true;
      const due = this.queue.shift();
      if (due === undefined) return false;
      this.instant = Math.max(this.instant, due.at);
      due.act();
    }
  }

  /** Something outside that takes no time here: until it is done, nothing is due. */
  async meanwhile<T>(work: Promise<T>): Promise<T> {
    const done = work.finally(() => this.outside.delete(done));
    this.outside.add(done);
    return done;
  }

  private async everythingAtRest(): Promise<void> {
    await microtasksDone();
    while (this.outside.size > 0) {
      await Promise.allSettled(this.outside);
      await microtasksDone();
    }
  }

  /** Lets time go by with whatever is due in it. */
  async pass(ms: number): Promise<void> {
    let over = false;
    this.in(ms, () => {
      over = true;
    });
    await this.until(() => over);
  }
}

/** All microtasks run before the next immediate does. */
function microtasksDone(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
