/** The ports of a run, with the life of its process between them and the world. */
import type { Sleep } from "../../src/core/ports.js";
import type { GraphClient } from "../../src/graph/client.js";
import { SourceFailure, sourceProblem } from "../../src/sources/source-failure.js";
import type { Store } from "../../src/store/store.js";
import { askedStore, type Asking } from "./asked-store.js";
import type { AwaitPoint } from "./await-points.js";
import type { Life } from "./life.js";
import type { VirtualTime } from "./time/virtual-time.js";

/** A store that a process calls. */
export function livingStore(store: Store, life: Life): Store {
  return askedStore(new Living(store, life));
}

class Living<S> implements Asking<S> {
  constructor(
    readonly subject: S,
    private readonly life: Life,
  ) {}

  ask<T>(point: AwaitPoint, call: (subject: S) => Promise<T>): Promise<T> {
    return this.life.store(point, () => call(this.subject));
  }

  async open<T>(point: AwaitPoint, call: (subject: S) => Promise<T>): Promise<Asking<T>> {
    return new Living(await this.ask(point, call), this.life);
  }
}

/** A client that a process calls. */
export function livingClient(client: GraphClient, life: Life): GraphClient {
  return {
    send: (request) => life.pass("meta.send", () => client.send(request)),
    listAudiences: (...of) => life.pass("meta.listAudiences", () => client.listAudiences(...of)),
    readAudience: (...of) => life.pass("meta.readAudience", () => client.readAudience(...of)),
    createAudience: (...of) => life.pass("meta.createAudience", () => client.createAudience(...of)),
  };
}

/** A sleep in virtual time, which ends early when its signal aborts. */
export function livingSleep(time: VirtualTime, life: Life): Sleep {
  return (ms, signal) => life.pass("sleep", () => asleep(time, ms, signal));
}

function asleep(time: VirtualTime, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const takeBack = time.in(ms, wake);
    function wake(): void {
      takeBack();
      signal.removeEventListener("abort", wake);
      resolve();
    }
    signal.addEventListener("abort", wake, { once: true });
  });
}

/**
 * A source that a process reads batch by batch.
 *
 * @param breaksAfter so many batches, if it breaks off
 */
export async function* livingSource<T>(
  batches: Iterable<T>,
  time: VirtualTime,
  life: Life,
  breaksAfter: number | undefined,
): AsyncGenerator<T> {
  let read = 0;
  for (const batch of batches) {
    if (read === breaksAfter) throw BROKEN;
    read += 1;
    await life.pass("source", () => asleep(time, 3, NEVER));
    yield batch;
  }
}

const BROKEN = new SourceFailure(
  sourceProblem(
    "source.failed",
    { kind: "value", source: "source", path: "" },
    "it broke",
    "Mend it.",
  ),
);

const NEVER = new AbortController().signal;
