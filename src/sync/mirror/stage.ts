/** The first half of a mirror: its whole source is rendered and gathered before anything is planned. */
import { refusedBefore } from "../../delivery/event-verdict.js";
import type { Compared, StagedRecord } from "../../delivery/delivered.js";
import type { Admit, Admitted } from "../../planning/admission.js";
import type { Planned } from "../../planning/planner.js";
import {
  renderedGroups,
  type RenderingOptions,
  type RowBatch,
} from "../../planning/rendered-groups.js";
import { wantedMember, type RowForms } from "../../reconcile/wanted-member.js";
import type { Staging, WantedMember } from "../../store/members.js";
import type { Rejects } from "../../store/rejects.js";
import type { Suppressions } from "../../store/suppressions.js";
import type { AudienceEntry } from "../../surfaces/entry.js";

/** What staging needs. */
export interface StageOptions<B> extends RenderingOptions<B> {
  readonly batches: AsyncIterable<RowBatch<B>>;
  readonly admit: Admit;
  readonly forms: RowForms;
  /** Whose rejects count. */
  readonly sync: string;
  readonly rejects: Pick<Rejects, "standing">;
  readonly suppressions: Pick<Suppressions, "any" | "among">;
}

/** Gathers what a source wants, and tells of what it does not. */
export async function* stageSource<B>(
  staging: Pick<Staging, "add">,
  options: StageOptions<B>,
): AsyncGenerator<Planned | Compared, void, undefined> {
  for await (const rendered of renderedGroups(options.batches, options)) {
    const admitted = await options.admit(rendered);
    const wanted = admitted.flatMap((one) => wantedBy(one, options.forms));
    const suppressed = await suppressedAmong(wanted, options.suppressions);
    const members = wanted.filter((one) => !suppressed.has(one));
    await staging.add(members);
    const settled = await settledBefore(members, options);
    yield { kind: "staged", records: members.length, settled };
    for (const one of admitted) if (one.kind !== "entry") yield one;
    for (const { identity } of suppressed)
      yield { kind: "left_out", identity, because: "suppressed" };
    for (const { verdict } of settled) if (verdict.kind !== "entry") yield verdict;
    if (options.stopped()) return;
  }
}

function wantedBy(admitted: Admitted, forms: RowForms): readonly WantedMember[] {
  if (admitted.kind !== "entry") return [];
  const { entry } = admitted;
  return isPerson(entry) ? [wantedMember(entry, forms)] : [];
}

function isPerson(entry: { readonly surface: string }): entry is AudienceEntry {
  return entry.surface === "custom_audiences";
}

/** Whoever has a suppressed key in any of their rows: the record is about that person. */
async function suppressedAmong(
  wanted: readonly WantedMember[],
  suppressions: StageOptions<unknown>["suppressions"],
): Promise<ReadonlySet<WantedMember>> {
  if (!(await suppressions.any())) return new Set();
  const keys = await suppressions.among(wanted.flatMap(keysOf));
  return new Set(wanted.filter((member) => keysOf(member).some((key) => keys.has(key))));
}

function keysOf({ rows }: WantedMember): readonly string[] {
  return rows.flatMap((row) => row.keys);
}

interface Settled extends StagedRecord {
  readonly verdict: Admitted;
}

/** Records of which a row was refused or given up before, and has not changed since. */
async function settledBefore(
  members: readonly WantedMember[],
  { sync, rejects }: Pick<StageOptions<unknown>, "sync" | "rejects">,
): Promise<readonly Settled[]> {
  if (members.length === 0) return [];
  const rows = members.flatMap((member) => member.rows.map((row) => ({ member, ...row })));
  const origins = await rejects.standing(sync, rows);
  const settled = new Map<string, Settled>();
  for (const [index, { member }] of rows.entries()) {
    const origin = origins[index];
    const { target, identity } = member;
    if (origin !== undefined)
      settled.set(identity, { target, identity, verdict: refusedBefore(identity, origin) });
  }
  return [...settled.values()];
}
