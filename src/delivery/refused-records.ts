/** From what Meta refused to the records that it came from. */
import type { Json } from "../core/json.js";
import type { InvalidCells, Outcome } from "../core/outcome.js";
import type { NewReject } from "../store/rejects.js";
import type { AudienceEntry, Entry } from "../surfaces/entry.js";
import type { Items } from "./items.js";
import type { Unit } from "./unit.js";

/** The records of a unit that an outcome refuses for themselves; none while nobody knows which. */
export function refusedRecords(
  unit: Unit,
  outcome: Outcome,
  items: Pick<Items, "of">,
): readonly NewReject[] {
  switch (outcome.kind) {
    case "partially_succeeded":
      return namedRecords(unit.entries, outcome.cells, items);
    case "rejected":
      return outcome.class === "record" || outcome.class === "batch"
        ? rejectedRecords(unit, outcome, items)
        : [];
    default:
      return [];
  }
}

/** A refusal is a record's own once it stands alone, or when Meta counted every one as malformed. */
function rejectedRecords(
  { entries }: Unit,
  { class: errorClass, blame, evidence }: Extract<Outcome, { kind: "rejected" }>,
  items: Pick<Items, "of">,
): readonly NewReject[] {
  if (blame.kind === "some" && entries.length > 1) return [];
  const { code, subcode } = evidence;
  const numbers = [code, subcode].filter((number) => number !== undefined);
  const unnumbered = errorClass === "batch" ? TOO_LARGE : MALFORMED;
  const name = numbers.length === 0 ? unnumbered : numbers.join("/");
  const reasons = blame.kind === "all" ? reasonsByCell(blame.cells) : () => undefined;
  return entries.map((entry) => {
    const message = reasonOf(entry, reasons) ?? evidence.detail ?? evidence.summary;
    return rejectOf(entry, name, message, items);
  });
}

/** The code of a record that Meta counted among the invalid entries of an upload. */
const MALFORMED = "malformed";

/** The code of a record that alone makes a request too large for a proxy, which has no code of Meta's. */
const TOO_LARGE = "too_large";

function namedRecords(
  entries: readonly Entry[],
  cells: InvalidCells,
  items: Pick<Items, "of">,
): readonly NewReject[] {
  if (cells.size === 0) return [];
  const reasons = reasonsByCell(cells);
  return entries.flatMap((entry) => {
    const reason = reasonOf(entry, reasons);
    return reason === undefined ? [] : [rejectOf(entry, MALFORMED, reason, items)];
  });
}

/** How many rows Meta counted as malformed beside those in which it named a cell. */
export function unnamedRows({ entries }: Unit, outcome: Outcome): number {
  if (outcome.kind !== "partially_succeeded") return 0;
  const reasons = reasonsByCell(outcome.cells);
  const named = entries
    .flatMap((entry) => (entry.surface === "custom_audiences" ? entry.rows : []))
    .filter((row) => rowReason(row, reasons) !== undefined).length;
  return Math.max(0, outcome.evidence.rejected - named);
}

type ReasonFor = (cell: Json) => string | undefined;

/** Meta names a cell by its text. */
function reasonsByCell(cells: InvalidCells): ReasonFor {
  return (cell) => cells.get(typeof cell === "string" ? cell : JSON.stringify(cell));
}

function reasonOf(entry: Entry, reasons: ReasonFor): string | undefined {
  if (entry.surface === "events") return undefined;
  for (const row of entry.rows) {
    const reason = rowReason(row, reasons);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function rowReason(row: AudienceEntry["rows"][number], reasons: ReasonFor): string | undefined {
  for (const cell of row) {
    const reason = cell === undefined ? undefined : reasons(cell);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function rejectOf(
  entry: Entry,
  code: string,
  message: string,
  items: Pick<Items, "of">,
): NewReject {
  const { itemId, contentDigest } = items.of(entry);
  const { identity, operation, target } = entry;
  return { scope: target, itemId, contentDigest, operation, identity, code, field: "", message };
}
