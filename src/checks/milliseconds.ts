import type { CheckedMapping, ValueForm } from "../mapping/form.js";
import type { Path } from "../mapping/shape.js";
import { nodeAt, scalarsOf } from "./example-values.js";
import { inMapping, type Check, type CheckContext, type Finding } from "./check.js";
import { lastName, leavesOfMapping, pathsOf } from "./leaves.js";
import { toUnixSeconds } from "../mapping/convert-scalar.js";

/** Milliseconds where seconds are read: by the name of what is read, or by the values of examples. */
export const milliseconds: Check = {
  code: "check.milliseconds",
  severity: "warning",
  run(mapping, context) {
    const times = leavesOfMapping(mapping, context).filter(readsTime);
    return [
      ...times.flatMap((form) =>
        pathsOf(form)
          .filter((path) => saysMilliseconds(lastName(path)))
          .map((path) => byName(mapping, form, path)),
      ),
      ...inSync(context),
      ...inExamples(mapping, times.flatMap(pathsOf)),
    ];
  },
};

const REMEDY = "Let the query divide it by 1000, or give an RFC 3339 time with a zone.";

function readsTime({ field, steps }: ValueForm): boolean {
  return field.kind === "unix_seconds" || steps.as === "unix_seconds" || steps.as === "date";
}

/** `created_ms`, `createdMs`, `epoch_millis`, `timestampMillis`. */
function saysMilliseconds(name: string): boolean {
  return /(^|[_-])(ms|msec|millis|milliseconds?)$/i.test(name) || /[a-z](Ms|Millis)$/.test(name);
}

function byName(mapping: CheckedMapping, { at, span }: ValueForm, path: Path): Finding {
  return {
    message: `\`${at}\` takes seconds, and \`${path.text}\` is by its name in milliseconds`,
    remedy: REMEDY,
    place: inMapping(mapping, span),
  };
}

function inSync({ facts }: CheckContext): readonly Finding[] {
  const { seconds } = facts;
  if (seconds === undefined) return [];
  return seconds.columns.filter(saysMilliseconds).map((column) => ({
    message: `\`${column}\` is read as seconds, and is by its name in milliseconds`,
    remedy: "Write `unit: ms`.",
    place: seconds.place,
  }));
}

function inExamples(mapping: CheckedMapping, paths: readonly Path[]): readonly Finding[] {
  return mapping.examples.flatMap(({ givenNode }) =>
    [...new Set(paths.map((path) => nodeAt(givenNode, path)))]
      .flatMap((node) => (node === undefined ? [] : scalarsOf(node)))
      .filter(({ value }) => looksLikeMilliseconds(value))
      .map(({ span }) => ({
        message: "this time of an example is in milliseconds, and seconds are read",
        remedy: "Write what the records will hold: seconds, or an RFC 3339 time with a zone.",
        place: inMapping(mapping, span),
      })),
  );
}

/** By the rule that rejects such a record. */
function looksLikeMilliseconds(value: string | number | boolean | null): boolean {
  const numeric = typeof value === "number" || (typeof value === "string" && /^\d+$/.test(value));
  return numeric && Number(value) > 0 && typeof toUnixSeconds(value) !== "number";
}
