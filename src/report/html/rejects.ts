/** Rejected records by their reason, with what to do about each. */
import type { RunResult } from "../../delivery/run-result.js";
import { REJECTION_REMEDIES } from "../rejection-remedies.js";
import { figure } from "../table.js";
import { html, prose, type Html } from "./html.js";
import { tableHtml } from "./table.js";

/** Nothing where no record was rejected. */
export function rejectsHtml({ rejectionCauses, records }: RunResult): Html {
  const told = rejectionCauses.reduce((sum, { count }) => sum + count, 0);
  const others = records.rejected - told;
  const more =
    others > 0 ? html`<p>${figure(others)} more were rejected for other reasons.</p> ` : undefined;
  return html`${tableHtml({
    caption: "Records that were not sent, or that Meta refused for themselves",
    columns: ["reason", "records", "for example", "what to do"],
    rows: rejectionCauses
      .toSorted((a, b) => b.count - a.count)
      .map(({ example: { code, identity, message }, count }) => [
        html`<code>${code}</code>`,
        count,
        html`<span class="name">${identity}</span> ${prose(message)}`,
        prose(REJECTION_REMEDIES[code]),
      ]),
  })}${more}`;
}
