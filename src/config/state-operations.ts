/** Reads what the rows of a State stand for: operations of their own, or who should be there. */
import { readColumn } from "./column-expression.js";
import { readDuration } from "./duration.js";
import type { Field } from "./field.js";
import type { Problems } from "./problems.js";
import { readOneOf } from "./scalars.js";
import type { Reader, Section } from "./section.js";
import type { StateOperations } from "./sync-file.js";

/** The keys that say so. */
export const OPERATION_KEYS = [
  "mode",
  "operations",
  "removal_guard",
  "refresh_after",
  "operation_column",
] as const;

type OperationKey = (typeof OPERATION_KEYS)[number];

/** How much of an audience a run may remove, in percent, where nothing else is said. */
export const DEFAULT_REMOVAL_GUARD = 30;

/** Reads the keys of a `state`; without any, its rows are mirrored. */
export function readStateOperations(
  section: Section<OperationKey>,
  problems: Problems,
): StateOperations {
  const removes = section.take("operations", readOperations) ?? true;
  const mode = section.take("mode", readOneOf(MODES)) ?? "mirror";
  const guard = section.take("removal_guard", readGuard);
  const refreshAfterSeconds = section.take("refresh_after", readDuration);
  const column = section.take("operation_column", readColumn);
  if (column !== undefined) {
    for (const key of MIRROR_KEYS) refuse(section.find(key), problems);
    return { kind: "listed", column };
  }
  if (mode === "replace" && !removes) refuseAddingOnly(section.find("mode"), problems);
  const guardPercent = guard === undefined ? DEFAULT_REMOVAL_GUARD : guard.percent;
  return { kind: "mirrored", mode: removes ? mode : "add", guardPercent, refreshAfterSeconds };
}

const MODES = ["mirror", "replace"] as const;

const MIRROR_KEYS = ["mode", "operations", "removal_guard", "refresh_after"] as const;

function refuseAddingOnly(field: Field | undefined, problems: Problems): void {
  if (field === undefined) return;
  problems.report(
    "replace_removes",
    field.keyPlace,
    `\`${field.path}: replace\` stands beside \`operations\` without \`remove\`, and whoever is replaced is removed`,
    "Remove one of them: `operations: [upsert]` only adds, `mode: replace` leaves nobody but those in the source.",
  );
}

function refuse(field: Field | undefined, problems: Problems): void {
  if (field === undefined) return;
  problems.report(
    "operations_listed",
    field.keyPlace,
    `\`${field.path}\` stands beside \`operation_column\`, whose rows say themselves what to do`,
    "Remove one of them: without `operation_column` the rows are who should be in the audience.",
  );
}

const OPERATIONS = ["upsert", "remove"] as const;
const OPERATIONS_REMEDY =
  "Write `[upsert, remove]` to add and remove people, or `[upsert]` to add them only.";

/** Whether people are removed; that they are added goes without saying, but must be said. */
const readOperations: Reader<boolean> = (field, problems) => {
  const { node } = field;
  if (node.kind !== "list") return problems.wrongType(field, "a list");
  const operations = node.items.map((item, index) =>
    readOneOf(OPERATIONS)(field.item(item, index), problems),
  );
  if (operations.includes(undefined)) return undefined;
  if (!operations.includes("upsert"))
    return problems.invalidValue(field, "does not name `upsert`", OPERATIONS_REMEDY);
  if (new Set(operations).size < operations.length)
    return problems.invalidValue(field, "names an operation twice", OPERATIONS_REMEDY);
  return operations.includes("remove");
};

/** A share of an audience; `undefined` inside when there is to be no guard. */
const readGuard: Reader<{ readonly percent: number | undefined }> = (field, problems) => {
  const { node } = field;
  const text = node.kind === "scalar" && typeof node.value === "string" ? node.value.trim() : "";
  if (text === "off") return { percent: undefined };
  const [, digits] = /^(\d{1,3}(?:\.\d{1,3})?)\s*%$/.exec(text) ?? [];
  const percent = Number(digits);
  if (percent <= 100) return { percent };
  return problems.invalidValue(
    field,
    "is no share of an audience",
    "Write a percentage from `0%` to `100%`, or `off`.",
  );
};
