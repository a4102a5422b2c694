/** Reads `occurred_at`: when an event happened. */
import { nearName } from "../core/near-name.js";
import { readColumns, readSingle } from "./column-expression.js";
import type { Field } from "./field.js";
import type { Problems } from "./problems.js";
import { readOneOf, readText } from "./scalars.js";
import { openSection } from "./section.js";
import type { OccurredAt } from "./sync-file.js";

/** A column expression whose values carry a zone, or a map that says how to read a column. */
export function readOccurredAt(field: Field, problems: Problems): OccurredAt | undefined {
  const { node } = field;
  const expression =
    node.kind === "map" && node.entries.some(({ key }) => key === "value" || key === "all");
  if (node.kind === "map" && !expression) return readTimeColumn(field, problems);
  const from = readSingle(field, problems);
  return from && { kind: "instant", from };
}

function readTimeColumn(field: Field, problems: Problems): OccurredAt | undefined {
  const section = openSection(field, ["column", "zone", "unit"], problems);
  if (section === undefined) return undefined;
  const columns = section.need("column", readColumns, "Name the column with the times.");
  const zoneGiven = section.find("zone") !== undefined;
  const unitGiven = section.find("unit") !== undefined;
  const zone = section.take("zone", readZone);
  const unit = section.take("unit", readOneOf(["s", "ms"] as const));
  if (zoneGiven && unitGiven)
    return problems.invalidValue(
      field,
      "has both `zone` and `unit`",
      "Numbers since 1970 have no zone: remove one of them.",
    );
  if (columns === undefined) return undefined;
  const from = { kind: "first", columns } as const;
  if (zoneGiven) return zone === undefined ? undefined : { kind: "zoned", from, zone };
  if (unitGiven) return unit === undefined ? undefined : { kind: "epoch", from, unit };
  return { kind: "instant", from };
}

/** An offset is no zone: it forgets daylight saving time, and not every Node knows it as one. */
function readZone(field: Field, problems: Problems): string | undefined {
  const zone = readText(field, problems);
  if (zone === undefined || isZone(zone)) return zone;
  const near = nearName(zone, Intl.supportedValuesOf("timeZone"));
  const hint = near === undefined ? "" : `Did you mean \`${near}\`? `;
  return problems.report(
    "unknown_zone",
    field.place,
    `\`${field.path}\` is no time zone`,
    `${hint}Write an IANA name like \`Europe/Berlin\` or \`UTC\`.`,
  );
}

function isZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).format(0) !== "";
  } catch {
    return false;
  }
}
