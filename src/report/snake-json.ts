import type { Json, JsonObject } from "../core/json.js";

/** A value of ours as machines read it: names in snake_case, nothing where a value is missing. */
export function snakeJson(value: object): JsonObject {
  const entries: readonly (readonly [string, unknown])[] =
    value instanceof Map ? Array.from(value, ([key, one]) => [String(key), one]) : named(value);
  return Object.fromEntries(
    entries.flatMap(([name, inner]) => {
      const json = jsonOf(inner);
      return json === undefined ? [] : [[name, json] as const];
    }),
  );
}

function named(value: object): readonly (readonly [string, unknown])[] {
  return Object.entries(value).map(([name, inner]: [string, unknown]) => [snake(name), inner]);
}

function jsonOf(value: unknown): Json | undefined {
  if (Array.isArray(value)) return value.map((one: unknown) => jsonOf(one) ?? null);
  if (typeof value === "object" && value !== null) return snakeJson(value);
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? value
    : undefined;
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
