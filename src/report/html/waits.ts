/** What requests waited for. */
import { fineDuration } from "../duration.js";
import { instant } from "../instant.js";
import { WAITED_FOR } from "../run-record.js";
import type { RunReport } from "../run-report.js";
import { WAIT_REASONS } from "../wait-reasons.js";
import { html, type Html } from "./html.js";
import { tableHtml } from "./table.js";

/** So many are told one by one without being asked for. */
const OPEN_AT_MOST = 8;

/** Nothing where nothing waited. */
export function waitsHtml({ record, endedAt }: RunReport): Html {
  const { counts, lengths, longest } = record.waits;
  const sums = tableHtml({
    caption: "By reason; waits side by side are added up",
    columns: ["it waited because", "waits", "together"],
    rows: WAITED_FOR.filter((because) => counts[because] > 0).map((because) => [
      WAIT_REASONS[because],
      counts[because],
      fineDuration(lengths[because]),
    ]),
  });
  const each = tableHtml({
    caption: "The longest ones",
    columns: ["audience, ad account or pixel", "from", "until", "for", "because"],
    rows: longest.map(({ target, from, until, because }) => {
      const end = Math.min(until, Math.max(endedAt, from));
      return [target, instant(from), instant(end), fineDuration(end - from), WAIT_REASONS[because]];
    }),
  });
  if (longest.length === 0) return html``;
  return longest.length <= OPEN_AT_MOST
    ? html`${sums}${each}`
    : html`${sums}
        <details>
          <summary>The longest ones, one by one</summary>
          ${each}
        </details> `;
}
