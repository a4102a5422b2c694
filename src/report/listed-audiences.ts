/** The audiences of an ad account beside what is known of them here. */
import type { JsonObject } from "../core/json.js";
import { safeName } from "../core/redact.js";
import { DELIVERY_STATUSES, OPERATION_STATUSES } from "../generated/constants.js";
import type { AudienceDetails, AudienceSize } from "../graph/audience-details.js";
import { instant } from "./instant.js";
import { snakeJson } from "./snake-json.js";
import { counted, figure, left, right, textTable } from "./table.js";

/** An audience at Meta, with the names that it has here. */
export interface NamedAudience {
  readonly details: AudienceDetails;
  /** The logical target that `targets` of the binding gives it. */
  readonly mappedAs: string | undefined;
  /** The logical target that the store knows it by: it is managed here. */
  readonly managedAs: string | undefined;
  readonly createdByUs: boolean;
}

/** A table of them, by name. */
export function audiencesText(audiences: readonly NamedAudience[]): string {
  if (audiences.length === 0) return "The ad account has no audiences.\n";
  const managed = audiences.filter(({ managedAs }) => managedAs !== undefined).length;
  return `${textTable(COLUMNS, audiences.map(row))}\n\n${counted(audiences.length, "audience")}, ${figure(managed)} of them managed here.\n`;
}

/** The same for machines. */
export function audienceJson({ details, ...names }: NamedAudience): JsonObject {
  const { operationStatus, deliveryStatus } = details;
  return {
    ...snakeJson(details),
    ...snakeJson({
      operationStatusMeaning: meaning(OPERATION_STATUSES, operationStatus),
      deliveryStatusMeaning: deliveryMeaning(deliveryStatus),
    }),
    ...snakeJson(names),
  };
}

const COLUMNS = [
  ...["AUDIENCE", "ID", "SUBTYPE", "STATE", "DELIVERY"].map(left),
  right("PEOPLE"),
  ...["HERE", "NOTED"].map(left),
];

function row(audience: NamedAudience): readonly string[] {
  const { id, name, subtype, operationStatus, deliveryStatus, size } = audience.details;
  return [
    safeName(name ?? ""),
    id,
    subtype ?? "",
    meaning(OPERATION_STATUSES, operationStatus) ?? "",
    deliveryMeaning(deliveryStatus) ?? "",
    size === undefined ? "" : sizeText(size),
    hereText(audience),
    notes(audience.details).join(", "),
  ];
}

function sizeText({ from, to }: AudienceSize): string {
  return from === to ? figure(from) : `${figure(from)}–${figure(to)}`;
}

function hereText({ mappedAs, managedAs, createdByUs }: NamedAudience): string {
  if (mappedAs !== undefined) return "mapped by targets";
  if (managedAs === undefined) return "";
  return createdByUs ? "managed, created" : "managed, found";
}

function notes(details: AudienceDetails): readonly string[] {
  const { isReadOnly, isValueBased, deleteTime, flaggedFields } = details;
  return [
    ...(isReadOnly ? ["read-only"] : []),
    ...(isValueBased ? ["value-based"] : []),
    ...(flaggedFields.length === 0 ? [] : [`flagged: ${flaggedFields.join(" and ")}`]),
    ...(deleteTime === undefined ? [] : [`deleted at ${instant(deleteTime * 1000)}`]),
  ];
}

/** What a code means by a table of the spec. */
function meaning(
  meanings: Readonly<Record<string, string>>,
  code: number | undefined,
): string | undefined {
  if (code === undefined) return undefined;
  const [, known] = Object.entries(meanings).find(([one]) => one === String(code)) ?? [];
  return known ?? `status ${String(code)}`;
}

/** Codes between two that are documented mean what the lower one does. */
function deliveryMeaning(code: number | undefined): string | undefined {
  const below = Object.keys(DELIVERY_STATUSES).map(Number);
  const nearest = Math.max(...below.filter((one) => code !== undefined && one <= code));
  return meaning(DELIVERY_STATUSES, Number.isFinite(nearest) ? nearest : code);
}
