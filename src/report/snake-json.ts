import type { Json, JsonObject } from "../core/json.js";

/**
 * A value of ours as machines read it: names in snake_case, nothing where a value is missing. Names
 * that are data must not come here.
 */
export function snakeJson(value: object): JsonObject {
  const named: readonly (readonly [string, unknown])[] = Object.entries(value);
  return Object.fromEntries(
    named.flatMap(([name, inner]) => {
      const json = jsonOf(inner);
      return json === undefined ? [] : [[snake(name), json] as const];
    }),
  );
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
