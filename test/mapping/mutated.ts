import { isJsonArray, isJsonObject, type Json } from "../../src/core/json.js";

/** What a person, or a slip of theirs, puts in the wrong place. */
const INTRUDERS: readonly Json[] = [
  null,
  "",
  " ",
  0,
  1,
  -1,
  1.5,
  true,
  "text",
  "true",
  "12",
  "1e3",
  "payload",
  "payload.a",
  "payload.a.0",
  "payload.",
  "key.id",
  "item",
  "item.a",
  "identity",
  "config.pixel_id",
  "config.pixel",
  "__proto__",
  "sha256",
  "lowercase",
  "unix_seconds",
  "2026-04-30T12:00:00Z",
  [],
  {},
  ["payload.a"],
  ["payload.a", "identity"],
  ["config.pixel_id"],
  ["a", 1],
  ["lowercase", "trim"],
  [null],
  [["payload.a"]],
  [{}],
  { value: 1 },
  { value: "a" },
  { value: [] },
  { value: null },
  { from: "payload.a" },
  { from: ["payload.a", "key.b"], default: "x" },
  { from: "payload.a", hash: "sha256" },
  { from: "payload.a", as: "integer" },
  { from: "config.action_source" },
  { identifier: "email" },
  { identifier: "email", normalize: "lowercase", hash: "sha256" },
  { each: "payload.a", item: "item" },
  { each: "payload.a", item: { value: "a" } },
  { each: "payload.a", item: { id: "item.a" } },
  { each: "payload.a" },
  { "*": "payload" },
  { "*": { from: "payload", except: ["a"] } },
  { from: "payload", except: ["a"] },
];

/** Keys that mean something somewhere. */
const KEYS: readonly string[] = [
  "value",
  "from",
  "identifier",
  "each",
  "item",
  "map",
  "default",
  "normalize",
  "country",
  "hash",
  "as",
  "*",
  "except",
  "any_of",
  "all_of",
  "rows",
  "schema",
  "event",
  "request",
  "expect",
  "reject",
  "given",
  "config",
  "em",
  "fbp",
  "EMAIL",
  "MADID",
  "version",
  "event_name",
  "custom",
  "constructor",
  "hasOwnProperty",
];

/** A copy of a value with one change somewhere: replaced, taken out, put in, or renamed. */
export function mutated(value: Json, chance: Iterator<number>): Json {
  const places = count(value);
  return changeAt(value, { left: pick(chance, places) }, chance);
}

function pick(chance: Iterator<number>, below: number): number {
  const next = chance.next();
  return next.done === true ? 0 : next.value % below;
}

function intruder(chance: Iterator<number>): Json {
  return INTRUDERS[pick(chance, INTRUDERS.length)] ?? null;
}

/** How many places a value has: itself, and those of what it holds. */
function count(value: Json): number {
  const inner = isJsonArray(value) ? value : isJsonObject(value) ? Object.values(value) : [];
  return inner.reduce<number>((sum, one) => sum + count(one), 1);
}

function changeAt(value: Json, place: { left: number }, chance: Iterator<number>): Json {
  if (place.left === 0) {
    place.left = -1;
    return changed(value, chance);
  }
  place.left -= 1;
  if (isJsonArray(value))
    return value.map((item) => (place.left < 0 ? item : changeAt(item, place, chance)));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      place.left < 0 ? inner : changeAt(inner, place, chance),
    ]),
  );
}

function changed(value: Json, chance: Iterator<number>): Json {
  if (!isJsonObject(value) || pick(chance, 3) === 0) return intruder(chance);
  const entries = Object.entries(value);
  const index = pick(chance, entries.length + 1);
  const [name, inner] = entries[index] ?? ["", null];
  const key = KEYS[pick(chance, KEYS.length)] ?? "";
  const others = entries.filter((_, position) => position !== index);
  switch (pick(chance, 3)) {
    case 0:
      return Object.fromEntries(others);
    case 1:
      return Object.fromEntries([...entries, [key, intruder(chance)]]);
    default:
      return Object.fromEntries([...others, [name === "" ? "extra" : key, inner]]);
  }
}
