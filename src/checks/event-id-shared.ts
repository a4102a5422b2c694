import type { ValueForm } from "../mapping/form.js";
import { inMapping, type Check } from "./check.js";
import { pathsOf } from "./leaves.js";
import { fieldAt } from "./possible.js";

/** Of events with the same name and id Meta keeps the first: one id for many of them loses the rest. */
export const eventIdShared: Check = {
  code: "check.event_id_shared",
  severity: "warning",
  run(mapping) {
    if (mapping.surface !== "events") return [];
    const form = fieldAt(mapping.event, ["event_id"])?.form;
    const shared = form?.kind === "value" ? sharedSource(form) : undefined;
    if (form === undefined || shared === undefined) return [];
    return [
      {
        message: `\`event_id\` is the same for many events: it comes from ${shared}`,
        remedy:
          "Read what names one event, such as an order's number: of those with one id Meta keeps the first and drops the others.",
        place: inMapping(mapping, form.span),
      },
    ];
  },
};

function sharedSource(form: ValueForm): string | undefined {
  const { source, steps } = form;
  if (source.kind === "constant") return "a constant";
  if (steps.fallback !== undefined) return "a `default` where nothing else is there";
  if (steps.map !== undefined) return "the few words of a `map`";
  if (source.kind === "identifier") return "an identifier, which all events of a person share";
  const path = pathsOf(form).find(({ root }) => SHARED_ROOTS.has(root));
  return path && `\`${path.text}\``;
}

const SHARED_ROOTS: ReadonlySet<string> = new Set([
  "config",
  "event_name",
  "event_type",
  "operation",
  "target",
  "occurred_at",
]);
