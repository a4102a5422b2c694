/** A store in memory and one in a DuckDB file, which are asked the same and have to answer the same. */
import { isDeepStrictEqual } from "node:util";
import type { Store } from "../../../src/store/store.js";
import { opened } from "../../store/world.js";
import { askedStore, type Asking } from "../asked-store.js";
import type { AwaitPoint } from "../await-points.js";
import type { Stores } from "../stores.js";
import type { VirtualTime } from "../time/virtual-time.js";

/** What they are asked in. */
interface TwinWorld {
  readonly time: VirtualTime;
  readonly fail: (invariant: string, what: string) => never;
}

/** Stores in memory, each of which has a twin in a file. */
export class DuckdbTwin implements Stores {
  private constructor(
    private readonly memory: Stores,
    private readonly file: string,
    private store: Store,
    private readonly world: TwinWorld,
  ) {}

  static async open(memory: Stores, file: string, world: TwinWorld): Promise<DuckdbTwin> {
    return new DuckdbTwin(memory, file, await opened(file), world);
  }

  open(): Store {
    return askedStore(new Twins(this.memory.open(), this.store, this.world));
  }

  async crashed(): Promise<void> {
    await this.memory.crashed();
    await this.store.close();
    this.store = await opened(this.file);
  }

  close(): Promise<void> {
    return this.store.close();
  }
}

class Twins<S> implements Asking<S> {
  constructor(
    readonly subject: S,
    private readonly other: S,
    private readonly world: TwinWorld,
  ) {}

  async ask<T>(point: AwaitPoint, call: (subject: S) => Promise<T>): Promise<T> {
    return (await this.open(point, call, (answer) => answer)).subject;
  }

  async open<T>(
    point: AwaitPoint,
    call: (subject: S) => Promise<T>,
    shows: (opened: T) => unknown,
  ): Promise<Twins<T>> {
    const { time, fail } = this.world;
    const [expected, answered] = await time.meanwhile(
      Promise.all([call(this.subject), call(this.other)]),
    );
    const [first, second] = [told(shows(expected)), told(shows(answered))];
    if (!isDeepStrictEqual(first, second))
      fail(
        "DuckDB",
        `${point} answers ${JSON.stringify(second)}, in memory ${JSON.stringify(first)}`,
      );
    return new Twins(expected, answered, this.world);
  }
}

/** Whether something is missing or undefined is the same. */
function told(answer: unknown): unknown {
  if (Array.isArray(answer)) return answer.map(told);
  if (typeof answer !== "object" || answer === null) return answer;
  const parts = Object.entries(answer).filter(([, value]) => value !== undefined);
  return Object.fromEntries(parts.map(([name, value]) => [name, told(value)]));
}
