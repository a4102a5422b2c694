/** The fields of a contract record that have a value, named the same in every record. */
import { derivedIdentity } from "../../core/identity.js";
import { isJsonArray, isJsonObject, ownValue, type Json } from "../../core/json.js";
import type { ContractRecord } from "../../core/record.js";
import { isBlank } from "../../mapping/convert.js";
import { containerOf } from "../../mapping/descend.js";
import type { PathRoot } from "../../mapping/shape.js";

/** A value in a record, and how reports name its place: `payload.items[].sku`. */
export interface Place {
  readonly name: string;
  readonly value: Json | undefined;
}

/** What the roots of paths stand for in one record; those that are no field of the input are absent. */
export function rootPlaces(record: ContractRecord): ReadonlyMap<PathRoot, Place> {
  const places: [PathRoot, Place][] = [
    ["key", { name: "key", value: record.key }],
    ["payload", { name: "payload", value: record.payload }],
  ];
  if (record.kind === "event")
    places.push(
      ["event_name", { name: "event_name", value: record.eventName }],
      ["event_type", { name: "event_type", value: record.eventType }],
      ["occurred_at", { name: "occurred_at", value: record.occurredAt }],
    );
  return new Map(places);
}

/** Every field of a record that has a value, by name. */
export function fieldNames(record: ContractRecord): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { type, value } of record.identifiers)
    if (!isBlank(value)) names.add(identifierName(type));
  for (const place of rootPlaces(record).values())
    for (const name of namesBelow(place)) names.add(name);
  return names;
}

/** The parts of the key, where they are what names the record, or (in a State) the person. */
export function namingFields(record: ContractRecord): readonly string[] {
  const names =
    record.kind === "state" || derivedIdentity(record.key) === record.givenIdentity
      ? namesBelow({ name: "key", value: record.key })
      : [];
  return names;
}

/** How reports name the identifiers of a type. */
export function identifierName(type: string): string {
  return `identifiers.${type}`;
}

/**
 * The names of what has a value at a place: the leaves below it, or the place itself. The elements
 * of a list share a name; JSON text is what it holds.
 */
export function namesBelow({ name, value }: Place): readonly string[] {
  if (isBlank(value)) return [];
  const inner = containerOf(value);
  if (isJsonArray(inner))
    return inner.length === 0
      ? [name]
      : inner.flatMap((one) => namesBelow({ name: elementName(name), value: one }));
  return isJsonObject(inner)
    ? Object.entries(inner).flatMap(([part, one]) =>
        namesBelow({ name: `${name}.${part}`, value: one }),
      )
    : [name];
}

/** The name of the elements of a list. */
export function elementName(list: string): string {
  return `${list}[]`;
}

/** Follows the parts of a path, as `descend` does; a place without a value where it ends early. */
export function placeBelow(place: Place, parts: readonly string[]): Place {
  let { name, value } = place;
  for (const part of parts) {
    const inner = containerOf(value);
    if (isJsonArray(inner) && /^\d+$/.test(part)) {
      name = elementName(name);
      value = inner[Number(part)];
    } else {
      name = `${name}.${part}`;
      value = isJsonObject(inner) ? ownValue(inner, part) : undefined;
    }
  }
  return { name, value };
}
