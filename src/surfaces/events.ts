/** Events: a record becomes one event of the Conversions API. */
import { graphValidator } from "../core/ajv.js";
import { isJsonObject, type JsonObject } from "../core/json.js";
import type { CompiledEvents } from "../mapping/compile.js";
import { isBlank } from "../mapping/convert.js";
import { descend } from "../mapping/descend.js";
import type { Requirement } from "../mapping/form.js";
import { startRow, type Tally } from "../mapping/scope.js";
import type { Renderer, Rendering, TooLate } from "./entry.js";
import { eventEntry, headOf } from "./event-entry.js";
import type { EventOptions } from "./event-options.js";
import { routeOf } from "./event-route.js";
import { latenessOf, type Lateness } from "./event-lateness.js";
import { lackingCustomData } from "./lacking-custom-data.js";
import type { OrdinaryEvents } from "./ordinary-events.js";
import { applyPersonalDataPolicy } from "./personal-data.js";
import { holdAgainst, sampler } from "./samples.js";
import { reject, rejectFault, rejectViolation } from "./rejecting.js";
import type { Rows } from "./rows.js";
import { weakUserData } from "./weak-user-data.js";

/**
 * Makes the renderer of events.
 *
 * @param ordinary writes ordinary events straight away; without it, every event is rendered first
 */
export function eventRenderer<B>(
  rows: Rows<B>,
  compiled: CompiledEvents<B>,
  options: EventOptions,
  tally: Tally,
  ordinary?: OrdinaryEvents<B>,
): Renderer<B> {
  const render = anyEvent(compiled, options, tally);
  const isSample = sampler();
  return (batch, index) => {
    const envelope = rows.envelope(batch, index);
    if (!envelope.ok) return { kind: "rejection", rejection: envelope.error };
    const { identity } = envelope.value;
    const entry = ordinary?.(identity, batch, index);
    if (entry === undefined) return render(identity, batch, index);
    if (isSample()) holdAgainst(render(identity, batch, index), entry);
    return { kind: "entry", entry };
  };
}

function anyEvent<B>(
  compiled: CompiledEvents<B>,
  options: EventOptions,
  tally: Tally,
): (identity: string, batch: B, index: number) => Rendering {
  const violationsOf = graphValidator("Event");
  const lackingField = requirement(compiled.require);
  let scope: ReturnType<typeof compiled.scope> | undefined;
  return (identity, batch, index) => {
    scope ??= compiled.scope(batch, tally);
    startRow(scope, batch, index);
    if (compiled.onlyIf !== undefined && compiled.onlyIf(scope) !== true)
      return scope.fault === undefined
        ? { kind: "withheld", identity }
        : rejectFault(identity, scope.fault);
    const rendered = compiled.event(scope);
    if (scope.fault !== undefined) return rejectFault(identity, scope.fault);
    const event = isJsonObject(rendered) ? rendered : {};
    const lateness = latenessOf(headOf(event), options);
    // Whatever else is wrong with it.
    if (lateness === "before_first_run") return { kind: "history", identity };
    const lacking = lackingField(event);
    if (lacking !== undefined)
      return reject(identity, "missing", lacking, `The event has no usable ${quoted(lacking)}.`);
    const permitted = applyPersonalDataPolicy(event, options.onPersonalData, tally);
    if (permitted.kind === "refused")
      return reject(identity, "personal_data", permitted.field, PERSONAL(permitted.field));
    const [violation] = violationsOf(permitted.event);
    if (violation !== undefined) return rejectViolation(identity, violation);
    const foreseen = weakUserData(permitted.event) ?? lackingCustomData(permitted.event);
    if (foreseen !== undefined) return rejectFault(identity, foreseen);
    return routed(identity, permitted.event, lateness, options);
  };
}

const PERSONAL = (field: string): string =>
  `\`${field}\` holds plain personal data, which \`on_personal_data: reject\` refuses.`;

function routed(
  identity: string,
  event: JsonObject,
  lateness: Lateness | undefined,
  options: EventOptions,
): Rendering {
  const target = routeOf(headOf(event), options);
  if (target === undefined)
    return reject(
      identity,
      "no_route",
      "event_name",
      "The event's name has no route and there is no `pixel_id`; add it to `event_routes`.",
    );
  const entry = eventEntry(identity, target, event);
  return lateness === undefined
    ? { kind: "entry", entry }
    : { kind: "too_late", entry, otherwise: neverSent(identity, lateness) };
}

/** What an event is that is not sent any more, if it never was. */
function neverSent(identity: string, lateness: Lateness): TooLate["otherwise"] {
  return lateness === "too_old"
    ? reject(identity, "too_old", "event_time", TOO_OLD)
    : { kind: "history", identity };
}

const TOO_OLD =
  "The event is older than Meta accepts for its `action_source` (or than `max_age` allows).";

/** Tells the first field that an event needs and has no value for. */
function requirement({ anyOf, allOf }: Requirement): (event: JsonObject) => string | undefined {
  const one = anyOf.map(hasField);
  const all = allOf.map((field) => ({ field, has: hasField(field) }));
  return (event) => {
    for (const { field, has } of all) if (!has(event)) return field;
    for (const has of one) if (has(event)) return undefined;
    return one.length === 0 ? undefined : anyOf.join(" | ");
  };
}

/** A property of one's own may have dots in its name. */
function hasField(field: string): (event: JsonObject) => boolean {
  const parts = field.split(".");
  const [section = "", ...name] = parts;
  const dotted = name.length > 1 ? [section, name.join(".")] : undefined;
  return (event) =>
    !isBlank(descend(event, parts)) || (dotted !== undefined && !isBlank(descend(event, dotted)));
}

function quoted(fields: string): string {
  return fields
    .split(" | ")
    .map((field) => `\`${field}\``)
    .join(" or ");
}
