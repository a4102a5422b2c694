/** Brings one unit to its end: waits, writes down, sends, reads, writes down, tries again. */
import type { Outcome } from "../core/outcome.js";
import { CLASS_EFFECTS, mayBeApplied } from "../graph/class-effects.js";
import type { RequestPlan } from "../planning/request-plan.js";
import type { SettledState } from "../store/ledger.js";
import type { NewReject } from "../store/rejects.js";
import type { Entry } from "../surfaces/entry.js";
import type { DeliveryOptions } from "./delivery-options.js";
import type { Delivered, Waiting } from "./delivered.js";
import { ledgerState } from "./ledger-state.js";
import { refusedRecords, unnamedRows } from "./refused-records.js";
import { backoff, isThrottled, mayTryAgain, RepeatBudget } from "./retry-policy.js";
import type { RunGate } from "./run-gate.js";
import { Slots } from "./slots.js";
import type { Unit } from "./unit.js";

/** How a unit ended. */
export type UnitEnd =
  | {
      readonly kind: "settled";
      readonly state: Exclude<SettledState, "split">;
      readonly outcome: Outcome;
      readonly rejects: readonly NewReject[];
      /** Rows that Meta counted as malformed without naming them. */
      readonly unnamed: number;
    }
  /** Meta refused it as a whole, and its records are to go on in parts. */
  | {
      readonly kind: "split";
      readonly how: "isolate" | "halve";
      readonly outcome: Extract<Outcome, { kind: "rejected" }>;
    }
  /** Not sent at all: its lane or the run had stopped. */
  | { readonly kind: "not_sent"; readonly because: string }
  /** Not sent yet: some of its events may not be sent any more. */
  | {
      readonly kind: "expired";
      /** Meta would refuse these for their age. */
      readonly tooOld: readonly Entry[];
      /** Meta might count these twice. */
      readonly inDoubt: readonly Entry[];
      readonly rest: readonly Entry[];
    };

/** What a unit is sent under: why its lane takes no more requests, if it does not. */
export type WhyNot = () => string | undefined;

/** From when on a request may leave, and what it waits for. */
export interface Wait {
  readonly notBefore: number;
  readonly because: Waiting["because"];
}

/** What follows an attempt. */
type Step =
  | { readonly kind: "end" }
  | ({ readonly kind: "again" } & Wait)
  | Extract<UnitEnd, { kind: "split" }>;

/** Sends units, of all lanes. */
export class Courier {
  private readonly slots: Slots;
  private readonly budget: RepeatBudget;

  constructor(
    private readonly options: DeliveryOptions,
    private readonly gate: RunGate,
    private readonly emit: (delivered: Delivered) => void,
  ) {
    this.slots = new Slots(options.concurrency);
    this.budget = new RepeatBudget(options.retry.runBudget);
  }

  /**
   * Delivers a unit. One lane has one unit under way at a time.
   *
   * @param first what its first attempt waits for
   */
  async deliver(unit: Unit, whyNot: WhyNot, first?: Wait): Promise<UnitEnd> {
    const attempts: Outcome[] = [];
    let end: Exclude<UnitEnd, { kind: "expired" }> | undefined;
    let wait = first;
    for (;;) {
      const because = await this.turn(unit.request, wait, whyNot);
      if (because !== undefined) return end ?? { kind: "not_sent", because };
      const expired = this.expired(unit);
      if (expired !== undefined) {
        this.slots.give();
        return this.endExpired(unit, expired, end, attempts);
      }
      try {
        const step = await this.attempt(unit, attempts);
        end = this.endOf(unit, step, attempts);
        if (step.kind !== "again") return end;
        wait = step;
      } finally {
        this.slots.give();
      }
    }
  }

  /**
   * Waits until a request may leave, and takes a slot; a lane that waits holds none. Gives the reason
   * when it may not leave at all.
   */
  private async turn(
    request: RequestPlan,
    wait: Wait | undefined,
    whyNot: WhyNot,
  ): Promise<string | undefined> {
    const { clock, sleep, pacer, paceKey, onWait } = this.options;
    const key = paceKey(request);
    // What was slept counts even where the clock stands still.
    let reached = clock();
    for (;;) {
      const because = this.gate.stop?.because ?? whyNot();
      if (because !== undefined) return because;
      const readyAt = pacer.readyAt(key);
      const until = Math.max(readyAt, wait?.notBefore ?? -Infinity);
      if (until > Math.max(reached, clock())) {
        const own = until > readyAt ? wait?.because : undefined;
        const because = pacer.isBlocked(key) ? "throttled" : (own ?? "paced");
        onWait({ target: request.target, until, because });
        await sleep(until - Math.max(reached, clock()), this.gate.signal);
        reached = until;
        continue;
      }
      await this.slots.take();
      const waitsAgain = pacer.readyAt(key) > Math.max(reached, clock());
      if (this.gate.stop === undefined && !waitsAgain) return undefined;
      this.slots.give();
    }
  }

  /** What of a unit may not be sent any more, if anything. */
  private expired({ entries }: Unit): Extract<UnitEnd, { kind: "expired" }> | undefined {
    const now = this.options.clock();
    const { items } = this.options;
    const tooOld: Entry[] = [];
    const inDoubt: Entry[] = [];
    const rest: Entry[] = [];
    for (const entry of entries) {
      const { firstSentAt = Infinity, repeatSafeMs, lastSendingAt, wasSent } = items.of(entry);
      if (now > lastSendingAt) (wasSent ? inDoubt : tooOld).push(entry);
      else (now > firstSentAt + repeatSafeMs ? inDoubt : rest).push(entry);
    }
    return rest.length === entries.length ? undefined : { kind: "expired", tooOld, inDoubt, rest };
  }

  /** Of what Meta surely has not, the others go on; what it may have stays together. */
  private async endExpired(
    unit: Unit,
    expired: Extract<UnitEnd, { kind: "expired" }>,
    end: Exclude<UnitEnd, { kind: "expired" }> | undefined,
    attempts: readonly Outcome[],
  ): Promise<UnitEnd> {
    const last = attempts.at(-1);
    if (last === undefined || end === undefined) return expired;
    if (attempts.some(mayBeApplied)) return end;
    const { batchId } = unit;
    const { evidence } = last;
    const attempt = attempts.length;
    const at = this.options.clock();
    const { ledger } = this.options;
    await ledger.settle({ batchId, state: "split", at, attempt, evidence, rejects: [] });
    return expired;
  }

  private async attempt(unit: Unit, attempts: Outcome[]): Promise<Step> {
    const { clock, ledger, send, pacer, paceKey, timeoutMs } = this.options;
    const { batchId, request } = unit;
    const attempt = attempts.length + 1;
    const at = clock();
    pacer.started(paceKey(request));
    await ledger.sending({ batchId, attempt, at, deadline: at + timeoutMs });
    const outcome = await send(request);
    const endedAt = clock();
    attempts.push(outcome);
    if (mayBeApplied(outcome)) this.noteFirstSending(unit, at);
    this.heed(request, outcome);
    const step = this.nextStep(unit, attempts, at + timeoutMs);
    const state = step.kind === "split" ? "split" : ledgerState(attempts);
    const rejects = this.rejectsOf(unit, state, outcome);
    const { evidence } = outcome;
    await ledger.settle({ batchId, state, at: clock(), attempt, evidence, rejects });
    this.emit({ kind: "attempt", request, batchId, attempt, startedAt: at, endedAt, outcome });
    return step;
  }

  /** From here on Meta may hold these, and its window for dropping repeats runs. */
  private noteFirstSending({ entries }: Unit, at: number): void {
    for (const entry of entries) this.options.items.of(entry).firstSentAt ??= at;
  }

  /** What an answer says about other requests. */
  private heed(request: RequestPlan, outcome: Outcome): void {
    const { pacer, paceKey } = this.options;
    const key = paceKey(request);
    this.gate.noteAnswer(outcome);
    if (isThrottled(outcome)) pacer.throttled(key, outcome.evidence.retryAfterMs ?? 0);
    if (outcome.kind !== "succeeded" && outcome.kind !== "partially_succeeded") return;
    pacer.taken(key);
    this.budget.earn();
  }

  private nextStep(unit: Unit, attempts: readonly Outcome[], deadline: number): Step {
    const last = attempts.at(-1);
    if (last?.kind === "rejected") return splitStep(unit, attempts, last);
    if (last?.kind !== "retryable" && last?.kind !== "unknown") return { kind: "end" };
    const { retry, random, clock } = this.options;
    const effect = CLASS_EFFECTS[last.kind === "unknown" ? "unknown" : last.class];
    if (!effect.retry || !mayTryAgain(attempts, retry)) return { kind: "end" };
    const pause = isThrottled(last) ? 0 : backoff(attempts.length, retry, random);
    const asked = isThrottled(last) ? 0 : (last.evidence.retryAfterMs ?? 0);
    // Nobody knows when a lost request takes effect, so what could contradict it waits that long.
    const rests = last.kind === "unknown" && unit.request.surface === "custom_audiences";
    const notBefore = Math.max(clock() + Math.max(pause, asked), rests ? deadline : -Infinity);
    if (!this.repeatIsSafe(unit, attempts, notBefore)) return { kind: "end" };
    if (!isThrottled(last) && !this.budget.take()) {
      this.gate.stopRun({ kind: "failed", because: BUDGET_SPENT });
      return { kind: "end" };
    }
    const because = isThrottled(last) ? "throttled" : rests ? "lost_answer" : "retry";
    return { kind: "again", notBefore, because };
  }

  /** Whether Meta would drop or ignore what it has already, at that instant. */
  private repeatIsSafe(
    { entries, request }: Unit,
    attempts: readonly Outcome[],
    at: number,
  ): boolean {
    if (!attempts.some(mayBeApplied)) return true;
    // A session opens once.
    if (request.session?.sequence === 1) return false;
    return entries.every((entry) => {
      const { firstSentAt = at, repeatSafeMs } = this.options.items.of(entry);
      return repeatSafeMs > 0 && at <= firstSentAt + repeatSafeMs;
    });
  }

  private endOf(
    unit: Unit,
    step: Step,
    attempts: readonly Outcome[],
  ): Exclude<UnitEnd, { kind: "expired" | "not_sent" }> {
    if (step.kind === "split") return step;
    const outcome = attempts.at(-1);
    if (outcome === undefined) throw new TypeError("an end follows an attempt");
    const state = ledgerState(attempts);
    const rejects = this.rejectsOf(unit, state, outcome);
    return { kind: "settled", state, outcome, rejects, unnamed: unnamedRows(unit, outcome) };
  }

  private rejectsOf(unit: Unit, state: SettledState, outcome: Outcome): readonly NewReject[] {
    return state === "rejected" || state === "partially_succeeded"
      ? refusedRecords(unit, outcome, this.options.items)
      : [];
  }
}

const BUDGET_SPENT =
  "so many requests failed that trying again is of no use for now. Wait and run again; Meta's status page tells about outages";

/** A refusal is split up while it has more than one record and surely nothing of it was applied. */
function splitStep(
  { entries, request }: Unit,
  attempts: readonly Outcome[],
  outcome: Extract<Outcome, { kind: "rejected" }>,
): Step {
  if (entries.length < 2 || attempts.some(mayBeApplied)) return { kind: "end" };
  // The requests of a replace are numbered, and the last one ends it.
  if (request.session !== undefined) return { kind: "end" };
  if (outcome.class === "batch") return { kind: "split", how: "halve", outcome };
  return outcome.class === "record" && outcome.blame.kind === "some"
    ? { kind: "split", how: "isolate", outcome }
    : { kind: "end" };
}
