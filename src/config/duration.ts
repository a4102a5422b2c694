import type { Field } from "./field.js";
import type { Problems } from "./problems.js";
import { readText } from "./scalars.js";

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** A duration like `46h` or `5d`, in seconds. */
export function readDuration(field: Field, problems: Problems): number | undefined {
  const text = readText(field, problems);
  if (text === undefined) return undefined;
  const [, count = "", unit = ""] = /^(\d{1,9})\s*([smhd])$/.exec(text) ?? [];
  const seconds = Number(count) * (SECONDS[unit] ?? 0);
  return seconds > 0
    ? seconds
    : problems.invalidValue(
        field,
        "is no duration",
        "Write a whole number and a unit: `s`, `m`, `h` or `d`, like `46h` or `5d`.",
      );
}
