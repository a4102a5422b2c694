/** How well Meta can match the people of the source. */
import type { QualityReport } from "../../checks/match-quality/match-quality.js";
import { combinationShares, QUALITY_TITLES, qualityNumbers } from "../match-quality-text.js";
import { counted, figure } from "../table.js";
import { html, prose, type Html } from "./html.js";
import { tableHtml } from "./table.js";

/** Nothing where no record was rendered. */
export function qualityHtml(report: QualityReport): Html {
  const { fields, findings, records, sendable } = report;
  if (fields.length === 0) return html``;
  return html`<p>Of ${counted(records, "record")}, ${figure(sendable)} could be sent.</p>
    ${tableHtml({
      caption: "Look at",
      columns: ["field", "values", "what to do"],
      rows: findings.map(({ field, count, advice }) => [
        field || "all records",
        count,
        prose(advice),
      ]),
    })}${tableHtml({
      caption: "Values that find people, by field",
      columns: ["field", ...QUALITY_TITLES.map((title) => title.toLowerCase())],
      rows: fields.map((field) => [field.field, ...qualityNumbers(field)]),
    })}${tableHtml({
      caption: "Identifiers together in one record",
      columns: ["identifiers", "records", "share"],
      rows: combinationShares(report),
    })}`;
}
