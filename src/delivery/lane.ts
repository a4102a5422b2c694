/** The serial line of requests to one audience or pixel. */
import type { Outcome } from "../core/outcome.js";
import { stopsOf } from "../graph/class-effects.js";
import type { RequestPlan } from "../planning/request-plan.js";
import type { Entry } from "../surfaces/entry.js";
import type { CarriedBatch } from "../store/ledger.js";
import { Carrying } from "./carrying.js";
import type { Courier, UnitEnd, Wait } from "./courier.js";
import type { Delivered } from "./delivered.js";
import type { DeliveryOptions } from "./delivery-options.js";
import { unansweredUntil } from "./earlier-answers.js";
import { ALONE_REFUSED_LIMIT, Isolation } from "./isolation.js";
import { blamedEntries, holdsTheRest, openOf, RESOLVED, TAKEN } from "./lane-rules.js";
import { TOO_MANY_KEPT, TOO_MANY_REFUSED, WRONG_MAPPING } from "./lane-texts.js";
import type { RunGate } from "./run-gate.js";
import { SecondRound } from "./second-round.js";
import { ledgerRow, type Unit } from "./unit.js";

/** What a lane works with. */
export interface LaneParts {
  readonly options: DeliveryOptions;
  readonly gate: RunGate;
  readonly courier: Courier;
  readonly emit: (delivered: Delivered) => void;
}

/** One lane. Its units come to their end one after the other. */
export class Lane {
  /** How many planned requests it has had. */
  length = 0;
  /** What an earlier run over the same records did. */
  readonly carrying: Carrying;
  private stopped: string | undefined;
  /** Of a difference: why nobody is removed any more, while others are added. */
  private removesNoMore: string | undefined;
  private rested = false;
  /** Whether anything may be sent. */
  private asked = false;
  private successes = 0;
  /** Records that were refused alone. */
  private aloneRefused = 0;
  /** How many parts of a planned unit there are, by its id. */
  private readonly parts = new Map<string, number>();
  /** Of a difference whose removals come too early: what is sent again behind the additions. */
  private second: SecondRound | undefined;
  private hadSecond = false;
  private last: Promise<void> = Promise.resolve();

  constructor(private readonly world: LaneParts) {
    const { options, emit } = world;
    const carry = (batches: readonly CarriedBatch[]) => options.ledger.carry(batches);
    this.carrying = new Carrying({ ...options, carry, emit });
  }

  /** Why it takes no more requests, if it does not. */
  readonly whyNot = (): string | undefined => this.stopped;

  stop(because: string): void {
    this.stopped ??= because;
  }

  /** Puts a planned unit at the end of the line. */
  push(unit: Unit): Promise<void> {
    return this.inTurn(() => {
      return this.second === undefined ? this.bring(unit) : this.setAside(unit, this.second);
    });
  }

  /** No unit follows: what came too early is sent once more. */
  end(): Promise<void> {
    return this.inTurn(() => this.secondRound());
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    const { gate } = this.world;
    this.last = this.last.then(work).catch((error: unknown) => {
      gate.crashed(error);
    });
    return this.last;
  }

  private async bring(unit: Unit): Promise<void> {
    const { courier, emit } = this.world;
    // Where half of a removal came too early, the other half waits with it.
    if (this.second !== undefined && this.isRemoval(unit.request))
      return this.setAside(unit, this.second);
    if (this.removesNoMore !== undefined && this.isRemoval(unit.request)) {
      this.tell(unit, { kind: "not_sent", because: this.removesNoMore });
      return;
    }
    await this.ask(unit);
    const end = await courier.deliver(unit, this.whyNot, await this.rest(unit));
    if (this.comesTooEarly(unit, end)) {
      this.second = new SecondRound({ unit, end });
      return this.setAside(unit, this.second);
    }
    this.tell(unit, end);
    if (end.kind === "split") {
      if (end.how === "halve") await this.halve(unit);
      else await this.isolate(unit, end.outcome);
    }
    if (end.kind !== "expired") return;
    const tooOld = end.tooOld.map(({ identity }) => identity);
    const inDoubt = end.inDoubt.map(({ identity }) => identity);
    emit({ kind: "expired", request: unit.request, tooOld, inDoubt });
    if (end.rest.length > 0) await this.bring(await this.part(unit, end.rest));
  }

  /** Once its first request is written down: what comes to be between that and an answer is told of it. */
  private async ask({ request }: Unit): Promise<void> {
    if (this.asked) return;
    this.asked = true;
    const { options, emit, gate } = this.world;
    const failure = await options.barred(request);
    if (failure === undefined) return;
    this.stop(failure.message);
    emit({ kind: "barred", target: request.target, failure });
    gate.noteHeld(failure);
  }

  private comesTooEarly({ request }: Unit, end: UnitEnd): boolean {
    if (this.hadSecond || !this.isRemoval(request) || end.kind !== "settled") return false;
    return end.outcome.kind === "blocked" && end.outcome.class === "too_few";
  }

  /** A removal waits for the additions; these are sent, and once more behind it. */
  private async setAside(unit: Unit, second: SecondRound): Promise<void> {
    this.world.emit({ kind: "split", request: unit.request });
    const isKept = second.keep(unit);
    const goesOn = !this.isRemoval(unit.request);
    if (!isKept) this.giveUp(second, goesOn ? unit : undefined);
    if (!goesOn) return;
    await this.bring(await this.part(unit, unit.entries, isKept));
  }

  /** Too much of it to be kept: the next run finds who is to be removed, and does it then. */
  private giveUp(second: SecondRound, goingOn: Unit | undefined): void {
    const { refused } = second;
    this.second = undefined;
    this.hadSecond = true;
    this.tell(refused.unit, refused.end);
    for (const [unit, entries] of second.units())
      if (unit !== refused.unit && unit !== goingOn)
        this.leave(unit, entries, false, TOO_MANY_KEPT);
  }

  private async secondRound(): Promise<void> {
    const { second } = this;
    if (second === undefined) return;
    this.second = undefined;
    this.hadSecond = true;
    for (const [unit, entries] of second.units()) await this.bring(await this.part(unit, entries));
  }

  /**
   * An audience's lane rests until what was sent and never answered can no longer arrive: before its
   * first request, by an earlier run, and in a difference after each such request.
   */
  private async rest({ request }: Unit): Promise<Wait | undefined> {
    if (this.rested || request.surface === "events") return undefined;
    this.rested = true;
    const notBefore = await unansweredUntil(request.path, this.world.options);
    return notBefore === undefined ? undefined : { notBefore, because: "lost_answer" };
  }

  private async halve(unit: Unit): Promise<void> {
    const middle = Math.ceil(unit.entries.length / 2);
    for (const half of [unit.entries.slice(0, middle), unit.entries.slice(middle)])
      await this.bring(await this.part(unit, half));
  }

  private async isolate(
    unit: Unit,
    outcome: Extract<Outcome, { kind: "rejected" }>,
  ): Promise<void> {
    const { options, courier, gate } = this.world;
    const search = new Isolation(
      unit.entries,
      blamedEntries(unit, outcome),
      () => this.successes === 0,
    );
    for (let spent = 0; spent < options.retry.isolationBudget; spent += 1) {
      if ((gate.stop ?? this.stopped) !== undefined) break;
      const group = search.next();
      if (group === undefined) return;
      const part = await this.part(unit, group);
      const end = await courier.deliver(part, this.whyNot, await this.rest(part));
      this.tellPart(part, end);
      this.note(part, end, search);
    }
    this.leave(unit, search.remaining(), false);
  }

  /** Feeds the search with what came of a part. */
  private note(part: Unit, end: UnitEnd, search: Isolation<Entry>): void {
    if (end.kind === "split" && end.how === "isolate")
      search.refused(blamedEntries(part, end.outcome));
    else if (end.kind === "settled" && end.state === "rejected" && part.entries.length === 1)
      search.refused();
    else if (end.kind === "settled" && RESOLVED.has(end.state)) search.accepted();
    else search.unresolved();
  }

  /** A part that is refused in turn is searched on, not told of. */
  private tellPart(part: Unit, end: UnitEnd): void {
    if (end.kind !== "expired" && !(end.kind === "split" && end.how === "halve"))
      this.tell(part, end);
    else this.leave(part, part.entries, true);
  }

  private tell({ request, entries }: Unit, end: UnitEnd): void {
    const { emit, gate } = this.world;
    if (end.kind === "not_sent") {
      const { because } = end;
      emit({ kind: "not_sent", request, identities: openOf(request), whole: true, because });
    }
    if (end.kind === "split") emit({ kind: "split", request });
    if (end.kind !== "settled") return;
    const { outcome } = end;
    const refused = new Set(end.rejects.map(({ itemId }) => itemId));
    const { items } = this.world.options;
    if (refused.size > 0)
      this.second?.leaveOut(entries.filter((entry) => refused.has(items.of(entry).itemId)));
    this.heed(request, entries.length, end);
    gate.noteEnd(outcome);
    emit({ ...end, request });
  }

  private heed(
    request: RequestPlan,
    records: number,
    { state, outcome }: Extract<UnitEnd, { kind: "settled" }>,
  ): void {
    const { surface } = request;
    // Nobody is kept out because somebody could not be removed; what was not stays a difference.
    const isRemoval = this.isRemoval(request);
    if (TAKEN.has(state)) this.successes += 1;
    if (state === "rejected" && !isRemoval) this.aloneRefused += records;
    const { summary } = outcome.evidence;
    if (stopsOf(outcome) === "lane") {
      if (isRemoval) this.removesNoMore ??= summary;
      else this.stopped ??= summary;
    }
    // Without one of its requests a replace would leave out whoever was in it.
    if (request.session !== undefined && !TAKEN.has(state)) this.stopped ??= summary;
    if (this.isDifference(surface)) {
      if (state === "unknown") this.rested = false;
    } else if (holdsTheRest(surface, state, outcome)) this.stopped ??= summary;
    if (this.successes === 0 && this.aloneRefused >= ALONE_REFUSED_LIMIT)
      this.stopped ??= WRONG_MAPPING;
  }

  /** Records that stay as they were, for the next run. */
  private leave(
    { request }: Unit,
    entries: readonly Entry[],
    whole: boolean,
    why = TOO_MANY_REFUSED,
  ): void {
    const { emit, gate } = this.world;
    if (entries.length === 0) return;
    const because = gate.stop?.because ?? this.stopped ?? why;
    const identities = openOf(request, entries);
    emit({ kind: "not_sent", request, identities, whole, because });
    if (request.surface === "custom_audiences" && !this.isDifference(request.surface))
      this.stopped ??= because;
  }

  private isRemoval({ surface, operation }: RequestPlan): boolean {
    return this.isDifference(surface) && operation === "remove";
  }

  private isDifference(surface: RequestPlan["surface"]): boolean {
    return surface === "custom_audiences" && this.world.options.people === "difference";
  }

  private async part(
    unit: Unit,
    entries: readonly Entry[],
    isPreliminary = unit.request.isPreliminary ?? false,
  ): Promise<Unit> {
    const { options, emit } = this.world;
    const top = unit.parent ?? unit;
    const number = (this.parts.get(top.batchId) ?? 0) + 1;
    this.parts.set(top.batchId, number);
    const part: Unit = {
      request: unit.part(entries, isPreliminary),
      entries,
      part: unit.part,
      batchId: `${top.batchId}/${String(number)}`,
      parent: top,
      position: top.position,
    };
    await options.ledger.plan(ledgerRow(part, options.run, options.items));
    emit({ kind: "part", request: part.request });
    return part;
  }
}
