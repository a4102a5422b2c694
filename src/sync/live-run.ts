/** A live run: planned once, delivered lane by lane, written down from its start to its end. */
import type { Rejection } from "../core/record.js";
import { safeName } from "../core/redact.js";
import { deliver } from "../delivery/deliver.js";
import type { Compared, Delivered } from "../delivery/delivered.js";
import { DEFAULT_WINDOW, type DeliveryOptions } from "../delivery/delivery-options.js";
import { Items } from "../delivery/items.js";
import { noteExpired } from "../delivery/local-rejects.js";
import { Pacer } from "../delivery/pacer.js";
import type { ResultCounter } from "../delivery/result-counter.js";
import type { Run } from "../delivery/run.js";
import { eventOf, type RunEvent } from "../delivery/run-event.js";
import { newRunResult, type RunResult } from "../delivery/run-result.js";
import { requestSender } from "../delivery/send-request.js";
import { emptyTally, type Tally } from "../mapping/scope.js";
import type { Planned } from "../planning/planner.js";
import { SourceFailure } from "../sources/source-failure.js";
import { StoreFailure, syncTaken } from "../store/store-fault.js";
import { counterOf } from "./counter-of.js";
import { NO_WISHES, type RunInput, type RunWishes } from "./run-input.js";
import type { Session } from "./session.js";
import { subjectOf, type Subject } from "./subject.js";
import { paceKeyOf } from "./targets.js";
import { trustedSince } from "./trust.js";
import { watchedCalls, watchedSource } from "./watched.js";

/** Hears of a delivery as it goes on. */
export interface DeliveryListener {
  readonly rejection?: (rejection: Rejection) => Promise<void> | void;
  /** What happens, at once or shortly after. */
  readonly event?: (event: RunEvent) => void;
}

/** How a live run is made; everything has a default. */
export interface LiveRunOptions {
  readonly listener?: DeliveryListener;
  readonly wishes?: RunWishes;
  /** Aborts when the user interrupts: no request starts any more, open ones are settled. */
  readonly interrupted?: AbortSignal;
  /** The result as the log of runs keeps it. */
  readonly describe: (result: RunResult) => string;
}

/** Plans and delivers a run. A source that breaks off ends it; what was sent by then is counted. */
export async function liveRun<B>(
  input: RunInput<B>,
  session: Session,
  options: LiveRunOptions,
): Promise<RunResult> {
  const { store, clock, holder } = session;
  const { sync, mapping } = input;
  const { surface } = mapping;
  const started = await store.runs.start({ sync, surface, startedAt: clock(), holder });
  if (!started.ok)
    throw new StoreFailure("its sync is taken", syncTaken(sync, started.error.holder));
  const run: Run = {
    ...started.value,
    sync,
    operation: surface === "events" ? "import" : "upsert",
    past: await store.runs.past(sync),
  };
  const tally = emptyTally();
  const counter = counterOf(input, newRunResult(surface, false, tally));
  const hear = new GuardedListener(options.listener ?? {});
  const name = { id: run.runId, sync: safeName(sync), surface };
  hear.event({ kind: "began", at: clock(), run: name, result: counter.result });
  const watched = {
    input: watchedSource(input, clock, hear.event),
    session: { ...session, client: watchedCalls(session, hear.event) },
  };
  const live = new LiveRun(watched.input, watched.session, options, run, hear);
  try {
    await deliverAll(live, tally, counter, hear);
    const result = counter.finish();
    if (input.wholeSource && isWhole(result)) await store.rejects.dropStaleLocal(run.runId, sync);
    await store.runs.end(run.runId, result.status, clock(), options.describe(result));
    hear.event({ kind: "finished", at: clock(), result });
    hear.rethrow();
    return result;
  } catch (error) {
    hear.brokeOff(clock(), error);
    throw error;
  }
}

/** Where a guard doubts that the source is whole, nobody knows which of its records are gone. */
function isWhole({ stopped, sourceProblem, mirror }: RunResult): boolean {
  const isDoubted = mirror?.audiences.some(({ guarded }) => guarded !== undefined) ?? false;
  return stopped === undefined && sourceProblem === undefined && !isDoubted;
}

async function deliverAll<B>(
  live: LiveRun<B>,
  tally: Tally,
  counter: ResultCounter,
  hear: GuardedListener,
): Promise<void> {
  try {
    for await (const item of deliver(live.planned(tally), live.delivery, live.stop)) {
      counter.delivered(item);
      if (item.kind === "expired") await live.noteExpired(item);
      if (item.kind === "rejection") await hear.rejection(item.rejection);
      live.tell(item);
    }
  } catch (error) {
    if (!(error instanceof SourceFailure)) throw error;
    counter.sourceFailed(error.diagnostic);
  }
}

/** The parts of one live run, put together. */
class LiveRun<B> {
  readonly delivery: DeliveryOptions;
  private readonly stopping = new AbortController();
  private readonly subject: Subject;

  constructor(
    input: RunInput<B>,
    private readonly session: Session,
    options: LiveRunOptions,
    private readonly run: Run,
    private readonly hear: GuardedListener,
  ) {
    const { store, binding, client, redact, clock, sleep, random, retry, timeoutMs } = session;
    const pacer = (session.resolving?.pacer ?? new Pacer(clock, random)).telling((usage) => {
      hear.event({ kind: "usage", at: clock(), ...usage });
    });
    const paceKey = paceKeyOf(session);
    const { signal } = this.stopping;
    const onWait: DeliveryOptions["onWait"] = (waiting) => {
      hear.event({ kind: "waiting", at: clock(), waiting });
    };
    const wishes = options.wishes ?? NO_WISHES;
    this.subject = subjectOf(input, {
      session,
      run,
      ...wishes,
      resolving: { pacer, signal, onWait },
      stopped: () => signal.aborted,
    });
    this.delivery = {
      run,
      ledger: store.ledger,
      items: this.subject.items,
      people: this.subject.people,
      barred: this.subject.barred,
      send: requestSender({ client, redact, pacer, paceKey }),
      pacer,
      paceKey,
      clock,
      sleep,
      random,
      timeoutMs,
      retry,
      concurrency: binding.concurrency,
      window: Math.max(DEFAULT_WINDOW, binding.concurrency),
      onFailure: binding.onFailure,
      interrupted: options.interrupted ?? new AbortController().signal,
      resume: this.subject.people === "operations" && !wishes.resend,
      trustedSince: trustedSince(session),
      onWait,
    };
  }

  /** Ends planning, and what resolving targets waits for. */
  readonly stop = (): void => {
    this.stopping.abort();
  };

  tell(item: Delivered): void {
    const event = eventOf(item, this.session.clock());
    if (event !== undefined) this.hear.event(event);
  }

  planned(tally: Tally): AsyncIterable<Planned | Compared> {
    return this.subject.planned(tally);
  }

  async noteExpired(item: Extract<Delivered, { readonly kind: "expired" }>): Promise<void> {
    const { run } = this;
    const { store, clock } = this.session;
    const items = new Items(store.salt, undefined);
    await noteExpired(item, { store, items, run, now: clock() });
  }
}

/** A listener that throws must not cut off requests under way: it is heard out at the end. */
class GuardedListener {
  private failure: { readonly error: unknown } | undefined;

  constructor(private readonly listener: DeliveryListener) {}

  async rejection(rejection: Rejection): Promise<void> {
    try {
      await this.listener.rejection?.(rejection);
    } catch (error) {
      this.failure ??= { error };
    }
  }

  readonly event = (event: RunEvent): void => {
    try {
      this.listener.event?.(event);
    } catch (error) {
      this.failure ??= { error };
    }
  };

  /** Told once a run has not come to its end; what a listener threw has not kept it from that. */
  brokeOff(at: number, error: unknown): void {
    if (error === this.failure?.error) return;
    this.event({
      kind: "broke_off",
      at,
      code: error instanceof StoreFailure ? error.fault.code : undefined,
    });
  }

  rethrow(): void {
    if (this.failure !== undefined) throw this.failure.error;
  }
}
