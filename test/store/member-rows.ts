/** Rows of people for tests of stores, and the steps that a mirror goes through. */
import { createHash } from "node:crypto";
import type { NewBatch } from "../../src/store/ledger.js";
import type {
  Change,
  ComparedAudience,
  Comparison,
  Difference,
  PlaceRange,
  WantedMember,
  WantedRow,
} from "../../src/store/members.js";
import type { NewReject } from "../../src/store/rejects.js";
import type { Store } from "../../src/store/store.js";
import { batch, end, go, hex, start, SYNC, type Fate } from "./rows.js";

export const VIP = "vip";
export const VIP_ID = "7001";

/** A key's digest, by its letter. */
export function key(letter: string): string {
  return hex(0xee00 + letter.charCodeAt(0));
}

/** What a person has that is wanted in an audience. */
export interface RowSketch {
  /** A letter for each key cell; people who share a letter share the cell. */
  readonly keys?: string;
  /** Cells that are no key. */
  readonly context?: string;
  readonly attributes?: string;
}

/** A row by what is in it: the same sketch of the same person is the same row. */
export function row(target: string, member: string, sketch: RowSketch): WantedRow {
  const { keys = "", context = "", attributes = "" } = sketch;
  const cells = `${keys}|${context}`;
  const rowId = digest("row", member, cells);
  return {
    rowId,
    itemId: digest("item", target, rowId),
    contentDigest: digest("content", cells, attributes),
    keys: Array.from(keys, key),
    cells,
    attributes,
    attributesDigest: digest("attributes", attributes),
  };
}

/** Someone who is wanted. */
export function wants(
  target: string,
  member: string,
  ...sketches: readonly RowSketch[]
): WantedMember {
  return {
    target,
    member: memberId(member),
    identity: member,
    rows: sketches.map((sketch) => row(target, member, sketch)),
  };
}

/** Who it is, the same in every audience. */
export function memberId(member: string): string {
  return digest("member", member);
}

/** 32 hex digits that tell texts apart, in an order of their own. */
function digest(...texts: readonly string[]): string {
  return createHash("md5").update(JSON.stringify(texts)).digest("hex");
}

export function audience(differs: Partial<ComparedAudience> = {}): ComparedAudience {
  return { target: VIP, audienceId: VIP_ID, trustedSince: 0, ...differs };
}

/** What a comparison of some wanted members finds. */
export async function difference(
  store: Store,
  wanted: readonly WantedMember[],
  differs: Partial<Comparison> = {},
): Promise<Difference> {
  const staging = await store.members.stage();
  await staging.add(wanted);
  return staging.compare({ sync: SYNC, audiences: [audience()], removes: true, ...differs });
}

/** All changes of a comparison. */
export async function changesOf(found: Difference): Promise<readonly Change[]> {
  const changes: Change[] = [];
  for (const { target } of found.audiences) changes.push(...(await found.changes(target, -1, 999)));
  return changes;
}

/** A change in short: `- ann ab` removes the row of these keys, `+ ann ab|Berlin` adds one with context. */
export function shown({ operation, identity, keys, cells }: Change): string {
  const context = cells.slice(cells.indexOf("|") + 1);
  const letters = keys.map((digits) => String.fromCharCode(parseInt(digits, 16) - 0xee00)).join("");
  return `${operation === "remove" ? "-" : "+"} ${identity} ${letters}${context === "" ? "" : `|${context}`}`;
}

/** What the next run would send, in the order of the alphabet. */
export async function toDo(
  store: Store,
  wanted: readonly WantedMember[],
  differs: Partial<Comparison> = {},
): Promise<readonly string[]> {
  return (await changesOf(await difference(store, wanted, differs))).map(shown).sort();
}

/** A batch that sends some changes, all of one operation. */
export function mirrorBatch(
  runId: number,
  place: number,
  changes: readonly Change[],
  differs: Partial<NewBatch> = {},
): NewBatch {
  return batch(runId, place, {
    surface: "custom_audiences",
    operation: changes[0]?.operation ?? "upsert",
    target: VIP,
    records: changes.length,
    itemCount: changes.length,
    changes: rangesOf(changes),
    ...differs,
  });
}

function rangesOf(changes: readonly Change[]): readonly PlaceRange[] {
  return changes.map(({ place }) => ({ first: place, last: place }));
}

/** What Meta says of a row that it refuses. */
export function refusalOf(
  { itemId, contentDigest, operation, identity }: Change,
  differs: Partial<NewReject> = {},
): NewReject {
  const said = { code: "100/2804003", field: "", message: "Meta refused it." };
  return { scope: VIP, itemId, contentDigest, operation, identity, ...said, ...differs };
}

/** How the requests of a run end; all succeed unless it is said. */
export interface Fates {
  readonly remove?: Fate;
  readonly upsert?: Fate;
  /** Whom Meta refuses, by identity. */
  readonly refuses?: readonly string[];
  readonly comparison?: Partial<Comparison>;
}

/** A whole run: compares, begins, sends removals and then additions; gives what it sent, in short. */
export async function mirrorOnce(
  store: Store,
  wanted: readonly WantedMember[],
  { remove, upsert, refuses = [], comparison }: Fates = {},
): Promise<readonly string[]> {
  const runId = await start(store);
  const found = await difference(store, wanted, comparison);
  const changes = await changesOf(found);
  await found.begin(
    runId,
    found.audiences.map(({ target }) => target),
  );
  const fates = { remove, upsert };
  for (const [place, operation] of (["remove", "upsert"] as const).entries()) {
    const some = changes.filter((change) => change.operation === operation);
    const refused = some.filter(({ identity }) => refuses.includes(identity));
    const fate = fates[operation] ?? {
      state: refused.length > 0 ? ("partially_succeeded" as const) : ("succeeded" as const),
    };
    const rejects = refused.map((change) => refusalOf(change));
    if (some.length > 0) await go(store, mirrorBatch(runId, place, some), { rejects, ...fate });
  }
  await end(store, runId);
  return changes.map(shown).sort();
}
