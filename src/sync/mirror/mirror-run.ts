/** Puts a mirror together: a source, a binding, a store and the words of the user. */
import { knowingRejections, notingRejections } from "../../delivery/admission.js";
import { isReplaceRefused } from "../../delivery/earlier-answers.js";
import { Items } from "../../delivery/items.js";
import type { Run } from "../../delivery/run.js";
import { COLUMNS } from "../../generated/fields.js";
import type { Tally } from "../../mapping/scope.js";
import { admitAll, type Admit } from "../../planning/admission.js";
import type { BatchLimits } from "../../planning/batcher.js";
import { largestRowBytes } from "../../planning/entry-bytes.js";
import type { RowForms } from "../../reconcile/wanted-member.js";
import { columnsOf, preparePlanning } from "../planning.js";
import type { RunInput } from "../run-input.js";
import type { ResolvingOptions } from "../resolving-options.js";
import type { Session } from "../session.js";
import { audienceReader, goneAudiences, targetResolver } from "../targets.js";
import { agedTrust, refreshedTrust, trustedSince, type TrustOf } from "../trust.js";
import { ChangedRows } from "./changed-rows.js";
import type { MirrorRules } from "./mirror-rules.js";
import { planMirror, type MirrorOptions, type MirrorPlanned } from "./plan-mirror.js";

/** The run that a mirror is planned in. */
export interface MirrorWorld {
  readonly session: Session;
  readonly rules: MirrorRules;
  /** A dry one writes nothing. */
  readonly mode: "dry" | "live";
  readonly run: Run;
  readonly now: number;
  readonly resolving: ResolvingOptions;
}

/** A mirror of one run. */
export class MirrorRun<B> {
  /** What the store knows each row by. */
  readonly rows: ChangedRows;
  private readonly items: Items;
  private readonly forms: RowForms;

  constructor(
    private readonly input: RunInput<B>,
    private readonly world: MirrorWorld,
  ) {
    this.items = new Items(world.session.store.salt, undefined);
    this.forms = {
      columns: [...columnsOf(input.mapping), ...this.furtherColumns],
      digest: (parts) => this.items.digest(parts),
    };
    this.rows = new ChangedRows(this.forms);
  }

  planned(tally: Tally, stopped: () => boolean): AsyncGenerator<MirrorPlanned, void, undefined> {
    const { input, world, rows, forms } = this;
    const { session, mode, resolving } = world;
    const { store, binding } = session;
    const { sync, mapping, batches } = input;
    const prepared = preparePlanning(
      { ...input, binding, tally, past: undefined },
      this.furtherColumns,
    );
    return planMirror({
      ...prepared,
      limits: limitsOf(prepared.limits, world.rules),
      session: { columns: columnsOf(mapping), idOf: this.sessionId },
      sync,
      batches,
      rows,
      forms,
      stopped,
      resolve: targetResolver(mapping, session, mode, resolving),
      read: audienceReader(session, mode, resolving),
      isGone: goneAudiences(session, resolving),
      isReplaceRefused: (audienceId) => isReplaceRefused(audienceId, store),
      rules: world.rules,
      members: store.members,
      rejects: store.rejects,
      suppressions: store.suppressions,
      admit: this.admit,
      trust: this.trust,
      begin: this.begin,
    });
  }

  /** 52 bits that no other run has, and every plan of this one. */
  private readonly sessionId = (target: string): number =>
    parseInt(this.items.digest(["session", target, this.world.now]).slice(0, 13), 16) || 1;

  /** A row that was sent under another mapping may have columns that this one lacks. */
  private get furtherColumns(): readonly string[] {
    const own = new Set(columnsOf(this.input.mapping));
    return Object.keys(COLUMNS).filter((column) => !own.has(column));
  }

  private get admit(): Admit {
    const { session, mode, run, now } = this.world;
    const { items } = this;
    const { store } = session;
    return mode === "dry"
      ? knowingRejections(admitAll, { store, run, items })
      : notingRejections(admitAll, { store, run, now, items });
  }

  private get trust(): TrustOf {
    const { session, rules, mode, now } = this.world;
    if (!rules.fullRefresh) return agedTrust(trustedSince(session), rules.refreshAfterSeconds, now);
    return mode === "dry" ? () => Promise.resolve(now) : refreshedTrust(session, now);
  }

  private get begin(): MirrorOptions<B>["begin"] {
    const { mode, run } = this.world;
    return mode === "dry"
      ? () => Promise.resolve([])
      : (difference, ...of) => difference.begin(run.runId, ...of);
  }
}

/** Rows are sent one by one. Beside them, a request of a replace tells its place in the session. */
function limitsOf(limits: BatchLimits, { mode }: Pick<MirrorRules, "mode">): BatchLimits {
  const { maxBytes } = limits;
  const beside = mode === "replace" ? SESSION_BYTES : 0;
  return {
    ...limits,
    bytesOf: largestRowBytes,
    maxBytes: maxBytes === undefined ? undefined : Math.max(0, maxBytes - beside),
  };
}

/** More than a session takes in a body, whatever its numbers. */
const SESSION_BYTES = 160;
