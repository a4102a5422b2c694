import type { AwaitPoint, CrashSide } from "./await-points.js";
import type { Chance } from "./time/chance.js";
import type { VirtualTime } from "./time/virtual-time.js";

/** Where a process is to end. */
export interface CrashPlan {
  /** Any place when missing. */
  readonly point: AwaitPoint | undefined;
  /** The how many-th wait there, from 1. */
  readonly nth: number;
  readonly side: CrashSide;
}

/** What a process lives in. */
export interface LifeWorld {
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly crash: CrashPlan | undefined;
  readonly onCrash: (point: AwaitPoint, side: CrashSide) => void;
}

/**
 * One process from its start to its end. Once it has crashed none of its waits ever returns, and
 * nothing that it still asks for happens: what it leaves is in the store and at Meta.
 */
export class Life {
  private crashed = false;
  private waits = 0;
  /** Calls of the store that have not taken effect yet; each decides for itself when the process ends. */
  private readonly underWay = new Set<() => void>();

  constructor(private readonly world: LifeWorld) {}

  isOver(): boolean {
    return this.crashed;
  }

  /** A call that takes its own time, whatever happens to the process. */
  async pass<T>(point: AwaitPoint, call: () => Promise<T>): Promise<T> {
    if (this.isOver()) return never();
    const last = this.isLastWait(point);
    if (last && this.world.crash?.side === "before") return this.die(point, "before");
    const result = await call();
    // It may have crashed elsewhere in the meantime.
    if (this.isOver()) return never();
    return last ? this.die(point, "after") : result;
  }

  /** A call of the store: one transaction, which takes effect whole or not at all. */
  store<T>(point: AwaitPoint, call: () => Promise<T>): Promise<T> {
    return this.pass(point, () => this.transaction(call));
  }

  private transaction<T>(call: () => Promise<T>): Promise<T> {
    const { time, chance } = this.world;
    return new Promise((resolve, reject) => {
      const takeEffect = () => {
        this.underWay.delete(atCrash);
        call().then(resolve, reject);
      };
      const takeBack = time.in(chance.between(0, 4), takeEffect);
      // What was under way either reached the store in time or did not.
      const atCrash = () => {
        takeBack();
        if (chance.happens(0.5)) takeEffect();
      };
      this.underWay.add(atCrash);
    });
  }

  private isLastWait(point: AwaitPoint): boolean {
    const { crash } = this.world;
    if (crash === undefined || (crash.point ?? point) !== point) return false;
    this.waits += 1;
    return this.waits === crash.nth;
  }

  private die(point: AwaitPoint, side: CrashSide): Promise<never> {
    this.crashed = true;
    for (const atCrash of [...this.underWay]) atCrash();
    this.world.onCrash(point, side);
    return never();
  }
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}
