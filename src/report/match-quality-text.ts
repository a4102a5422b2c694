/** The match quality of a source as a person reads it. */
import type { FieldReport, QualityReport } from "../checks/match-quality/match-quality.js";
import { counted, figure, left, right, textTable } from "./table.js";

/** What follows a plan; starts with an empty line, and is empty where no record was rendered. */
export function qualityText(report: QualityReport): string {
  if (report.fields.length === 0) return "";
  const sections = [
    `Match quality of ${counted(report.records, "record")}, ${figure(report.sendable)} of them to send:`,
    fieldTable(report),
    combinationTable(report),
    findingTable(report),
  ];
  return sections.flatMap((section) => (section === "" ? [] : [`\n${section}\n`])).join("");
}

/** What is counted of a field, in the order of {@link qualityNumbers}. */
export const QUALITY_TITLES = [
  "RECORDS",
  "VALUES",
  "USABLE",
  "HASHED BEFORE",
  "DROPPED",
  "SUSPICIOUS",
] as const;

function fieldTable({ fields }: QualityReport): string {
  return textTable(
    [left("FIELD"), ...QUALITY_TITLES.map(right)],
    fields.map((field) => [field.field, ...qualityNumbers(field).map(figure)]),
  );
}

/** The counts of a field. */
export function qualityNumbers(field: FieldReport): readonly number[] {
  const { records, values, usable, hashedBefore, dropped, suspicious } = field;
  return [records, values, usable, hashedBefore, total(dropped), total(suspicious)];
}

function total(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

/** Commoner combinations than this one are worth a line. */
const LINES = 5;

function combinationTable(report: QualityReport): string {
  if (report.sendable === 0) return "";
  return textTable(
    [left("IDENTIFIERS TOGETHER"), right("RECORDS"), right("SHARE")],
    combinationShares(report).map(([name, records, share]) => [name, figure(records), share]),
  );
}

/** How many identifiers records have, and which together: name, records, share of those to send. */
export function combinationShares({
  coverage,
  combinations,
  sendable,
}: QualityReport): readonly (readonly [name: string, records: number, share: string])[] {
  if (sendable === 0) return [];
  const share = (records: number) => `${((100 * records) / sendable).toFixed(1)} %`;
  const { none, one, two, threeOrMore } = coverage;
  const sizes = [
    ["no identifier", none],
    ["1 identifier", one],
    ["2 identifiers", two],
    ["3 or more", threeOrMore],
  ] as const;
  const rows = [
    ...sizes.filter(([, records]) => records > 0),
    ...combinations
      .filter(({ fields }) => fields.length > 0)
      .slice(0, LINES)
      .map(({ fields, records }) => [fields.map(shortName).join(" + "), records] as const),
  ];
  return rows.map(([name, records]) => [name, records, share(records)]);
}

function shortName(field: string): string {
  return field.replace(/^user_data\./, "");
}

function findingTable({ findings }: QualityReport): string {
  if (findings.length === 0) return "";
  return textTable(
    [left("LOOK AT"), right("VALUES"), left("WHAT TO DO")],
    findings.map(({ field, count, advice }) => [field || "all records", figure(count), advice]),
  );
}
