/**
 * Erases people: they are suppressed first, so that every later run leaves them out whatever becomes of
 * this one; then they are removed from every audience that this store manages.
 */
import { Items } from "../../delivery/items.js";
import { Pacer } from "../../delivery/pacer.js";
import type { RunResult } from "../../delivery/run-result.js";
import type { CheckedMapping } from "../../mapping/form.js";
import type { TargetResolver } from "../../planning/target.js";
import { suppressedKeys } from "../../reconcile/record-keys.js";
import { StoreFailure, syncTaken } from "../../store/store-fault.js";
import { dryRun } from "../dry-run.js";
import { liveRun, type LiveRunOptions } from "../live-run.js";
import { stateFailure } from "../mirror/state-failure.js";
import type { ResolvingOptions } from "../resolving-options.js";
import type { Session } from "../session.js";
import { audienceReader } from "../targets.js";
import type { BusySync, ForgetResult, ForgetRun } from "./forget-result.js";
import { removalInput, suppressedInput } from "./inputs.js";
import {
  goneAudience,
  managedAudiences,
  ownersOf,
  type ManagedAudience,
} from "./managed-audiences.js";
import type { ErasedPeople } from "./erased-people.js";
import { supposing } from "./supposing.js";

/** What erasing people needs. */
export interface ForgetOptions extends Pick<LiveRunOptions, "describe"> {
  readonly mapping: CheckedMapping;
  /** Ids of audiences of which somebody knows that they do not exist any more; for those that Meta shows it means nothing. */
  readonly gone: ReadonlySet<string>;
  /** A dry one writes and sends nothing. */
  readonly mode: "dry" | "live";
  readonly listener: LiveRunOptions["listener"] & object;
  readonly interrupted: AbortSignal;
}

/** Erases people, or tells what that would remove. */
export async function forget(
  people: ErasedPeople,
  given: Session,
  options: ForgetOptions,
): Promise<ForgetResult> {
  const { store, clock } = given;
  const session = { ...given, resolving: resolvingOf(given, options) };
  const keys = keysOf(people, session);
  const before = await store.suppressions.among(keys.flat());
  const erasure = new Erasure(people, session, options, keys.flat());
  if (options.mode === "live") await store.suppressions.add(keys.flat(), clock());
  await erasure.removeHeld();
  await erasure.removeEverywhere();
  await erasure.dropGone();
  return {
    dryRun: options.mode === "dry",
    people: people.records.length,
    identifiers: people.cells.length,
    suppressedBefore: keys.filter((forms) => forms.every((key) => before.has(key))).length,
    rejections: people.rejections,
    dropped: people.dropped,
    runs: erasure.runs,
    droppedRows: erasure.droppedRows,
    busy: erasure.busy,
  };
}

/** Ends the suppression of people; gives of how many identifiers. Nothing is sent. */
export async function liftSuppression(people: ErasedPeople, session: Session): Promise<number> {
  const { suppressions } = session.store;
  const keys = keysOf(people, session);
  const before = await suppressions.among(keys.flat());
  await suppressions.lift(keys.flat());
  return keys.filter((forms) => forms.some((key) => before.has(key))).length;
}

/** The keys of each cell. */
function keysOf(
  { cells }: ErasedPeople,
  { store }: Pick<Session, "store">,
): readonly (readonly string[])[] {
  const items = new Items(store.salt, undefined);
  return cells.map((cell) => suppressedKeys(cell, (parts) => items.digest(parts)));
}

/** Among so many runs those are looked for that go on. */
const LATEST = 1_000;

/** A wait that Meta states in one of the runs, or in looking at what it would remove, holds for those after it. */
function resolvingOf(
  { clock, random }: Session,
  { interrupted, listener }: ForgetOptions,
): ResolvingOptions {
  return {
    pacer: new Pacer(clock, random),
    signal: interrupted,
    onWait: (waiting) => {
      listener.event?.({ kind: "waiting", at: clock(), waiting });
    },
  };
}

type PacedSession = Session & { readonly resolving: ResolvingOptions };

/** The removal of suppressed people, run after run. */
class Erasure {
  readonly runs: ForgetRun[] = [];
  readonly busy: BusySync[] = [];
  droppedRows = 0;
  private readonly gone: ManagedAudience[] = [];
  private readonly looking: Session;
  private readonly read: ReturnType<typeof audienceReader>;

  constructor(
    private readonly people: ErasedPeople,
    private readonly session: PacedSession,
    private readonly options: ForgetOptions,
    keys: readonly string[],
  ) {
    this.looking =
      options.mode === "live" ? session : { ...session, store: supposing(session.store, keys) };
    this.read = audienceReader(session, options.mode, session.resolving);
  }

  /**
   * Removes whole rows, as they are held: whoever has one identifier of a row is found by the others as
   * well. By a run of the sync that keeps the audience, so that nobody else changes it meanwhile.
   */
  async removeHeld(): Promise<void> {
    const { mode, mapping } = this.options;
    for (const sync of ownersOf(await this.session.store.members.audiences())) {
      if (this.isStopped) return;
      const input = suppressedInput(sync, mapping);
      const preview = await dryRun(input, this.looking);
      if (!mayRemove(preview)) continue;
      if (mode === "dry") this.runs.push({ sync, result: preview });
      else await this.orBusy(sync, () => liveRun(input, this.session, this.options));
    }
  }

  /** Removes the identifiers as they are given from every audience: who is there need not be known. */
  async removeEverywhere(): Promise<void> {
    const { people, session, options } = this;
    const audiences = await this.freeAudiences();
    if (this.isStopped || people.records.length === 0) return;
    const sync = `forget:${session.binding.bindingName}`;
    const targets = audiences.map(({ target }) => target);
    const { mapping, mode } = options;
    const input = removalInput(people.records, targets, {
      sync,
      mapping,
      resolve: this.resolver(audiences),
    });
    const wishes = { resend: true, replay: false };
    if (mode === "dry") {
      const result = await dryRun(input, this.looking, {}, wishes);
      this.runs.push({ sync, result });
    } else {
      await this.orBusy(sync, () => liveRun(input, session, { ...options, wishes }));
      await this.noteOthers();
    }
  }

  /** A run that had read somebody's record before the suppression may add them after the removal. */
  private async noteOthers(): Promise<void> {
    const known = new Set(this.busy.map(({ sync }) => sync));
    for (const { sync, surface, status, holder } of await this.session.store.runs.list(LATEST))
      if (status === undefined && surface === "custom_audiences" && !known.has(sync)) {
        known.add(sync);
        this.busy.push({ sync, because: syncTaken(sync, holder).message });
      }
  }

  /** Of an audience that is gone the removals have nowhere to go; what is held of it names people all the same. */
  async dropGone(): Promise<void> {
    if (this.options.mode === "dry" || this.isStopped) return;
    for (const { audienceId } of this.gone)
      this.droppedRows += await this.session.store.suppressions.dropHeld(audienceId);
  }

  /** What a sync that goes on would not learn of has to wait for it; what is gone is left out. */
  private async freeAudiences(): Promise<readonly ManagedAudience[]> {
    const { store } = this.session;
    const busy = new Set(this.busy.map(({ sync }) => sync));
    const held = await store.members.audiences();
    const theirs = new Set(
      held
        .filter(({ owner }) => owner !== undefined && busy.has(owner))
        .map(({ audienceId }) => audienceId),
    );
    const free: ManagedAudience[] = [];
    for (const audience of await managedAudiences(store)) {
      const { audienceId: id } = audience;
      if (theirs.has(id)) continue;
      const isGone = this.options.gone.has(id) && (await this.read(audience)).kind === "missing";
      (isGone ? this.gone : free).push(audience);
    }
    return free;
  }

  private resolver(audiences: readonly ManagedAudience[]): TargetResolver {
    return async (target) => {
      const audience = audiences.find((one) => one.target === target);
      if (audience === undefined) throw new RangeError("only managed audiences are asked for");
      const { audienceId: id } = audience;
      const state = await this.read({ target, audienceId: id });
      if (state.kind === "ready") return { kind: "resolved", id, status: "registry" };
      if (state.kind !== "missing")
        return { kind: "failed", failure: stateFailure(state, target, "registry") };
      const message = goneAudience(audience);
      return { kind: "failed", failure: { stops: "target", code: "target.gone", message } };
    };
  }

  private get isStopped(): boolean {
    return this.runs.some(
      ({ result: { status } }) => status === "blocked" || status === "interrupted",
    );
  }

  private async orBusy(sync: string, run: () => Promise<RunResult>): Promise<void> {
    try {
      this.runs.push({ sync, result: await run() });
    } catch (error) {
      if (!(error instanceof StoreFailure) || error.fault.code !== "store.sync_taken") throw error;
      this.busy.push({ sync, because: error.fault.message });
    }
  }
}

/** Also where looking failed: who is held there is not known then to be nobody. */
function mayRemove({ mirror, stopped }: RunResult): boolean {
  if (stopped !== undefined || (mirror?.unreached ?? []).length > 0) return true;
  return mirror?.audiences.some(({ rows }) => rows.removals > 0) ?? false;
}
