/** Reads `state` and `event`: what the rows of a source mean. */
import type { Place } from "../core/diagnostic.js";
import { readSingle, readValues } from "./column-expression.js";
import { readDuration } from "./duration.js";
import type { Field } from "./field.js";
import { readNamed } from "./named-values.js";
import { readOccurredAt } from "./occurred-at.js";
import type { Problems } from "./problems.js";
import { readOneOf } from "./scalars.js";
import { openSection, type Section } from "./section.js";
import { OPERATION_KEYS, readStateOperations } from "./state-operations.js";
import {
  DOUBT_POLICIES,
  type ColumnExpression,
  type EventDeclaration,
  type StateDeclaration,
} from "./sync-file.js";

const NONE: ReadonlyMap<string, ColumnExpression> = new Map();
const PARTS = ["key", "identifiers", "payload"] as const;

/** Reads `state`. */
export function readState(field: Field, problems: Problems): StateDeclaration | undefined {
  const section = openSection(field, [...PARTS, "target", ...OPERATION_KEYS], problems);
  if (section === undefined) return undefined;
  const parts = readParts(section);
  const target = section.need("target", readName, "Write `{value: name}`, or a column.");
  const operations = readStateOperations(section, problems);
  return parts && target && { kind: "state", ...parts, target, operations };
}

/** Reads `event`. */
export function readEvent(field: Field, problems: Problems): EventDeclaration | undefined {
  const keys = [...PARTS, "event_name", "occurred_at", "max_age", "on_doubt"] as const;
  const section = openSection(field, keys, problems);
  if (section === undefined) return undefined;
  const parts = readParts(section);
  const eventName = section.need(
    "event_name",
    readName,
    "Write `{value: Purchase}`, or a column with the names.",
  );
  const occurredAt = section.need(
    "occurred_at",
    readOccurredAt,
    "Write a column with the times, `{column, zone}`, or `{column, unit: s}`.",
  );
  const maxAgeSeconds = section.take("max_age", readDuration);
  const onDoubt = section.take("on_doubt", readOneOf(DOUBT_POLICIES)) ?? "hold";
  if (parts === undefined || eventName === undefined || occurredAt === undefined) return undefined;
  return { kind: "event", ...parts, eventName, occurredAt, maxAgeSeconds, onDoubt };
}

function readParts(section: Section<(typeof PARTS)[number]>) {
  const key = section.need(
    "key",
    readKey,
    "Write what makes a row one of its kind, like `{customer_id: customer_id}`.",
  );
  const identifiers = section.take("identifiers", readNamed(readValues)) ?? NONE;
  const payload = section.take("payload", readNamed(readValues)) ?? NONE;
  return (
    key && { key, identifiers, identifierPlaces: keyPlaces(section.find("identifiers")), payload }
  );
}

function keyPlaces(field: Field | undefined): ReadonlyMap<string, Place> {
  const entries = field?.node.kind === "map" ? field.node.entries : [];
  return new Map(
    entries.flatMap((entry) => {
      const place = field?.child(entry).keyPlace;
      return place === undefined ? [] : [[entry.key.trim(), place] as const];
    }),
  );
}

function readKey(
  field: Field,
  problems: Problems,
): ReadonlyMap<string, ColumnExpression> | undefined {
  const key = readNamed(readSingle)(field, problems);
  if (field.node.kind !== "map" || field.node.entries.length > 0) return key;
  return problems.invalidValue(field, "is an empty map", "Name at least one column in it.");
}

/** A constant name must be text. */
function readName(field: Field, problems: Problems): ColumnExpression | undefined {
  const expression = readSingle(field, problems);
  if (expression?.kind !== "constant" || typeof expression.value === "string") return expression;
  return problems.invalidValue(field, "is a constant that is no text", "Put the value in quotes.");
}
