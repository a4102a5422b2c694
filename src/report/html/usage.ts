/** How much of Meta's limits was used up, over time. */
import type { RunRecord } from "../run-record.js";
import type { RunReport } from "../run-report.js";
import { counted } from "../table.js";
import { html, type Html } from "./html.js";
import { AREA, plot, rounded, up } from "./plot.js";
import { tableHtml } from "./table.js";

/** So many lines can be told apart. */
const MOST_LINES = 4;

/** Nothing where Meta told nothing. */
export function usageHtml({ record, endedAt }: RunReport): Html {
  const limits = worstFirst(record);
  if (limits.length === 0) return html``;
  const table = tableHtml({
    caption: "The most that Meta stated, in per cent of a limit; at 100 calls wait",
    columns: ["ad account or pixel", "at most", "at last"],
    rows: limits.map(({ of, most, last }) => [of, percent(most), percent(last)]),
  });
  return html`${endedAt > record.startedAt ? overTime(record, limits, endedAt) : undefined}${table}`;
}

interface Limit {
  readonly of: string;
  readonly most: number;
  readonly last: number;
}

function worstFirst({ timeline }: RunRecord): readonly Limit[] {
  const names = new Set(timeline.flatMap(({ usage }) => [...usage.keys()]));
  return [...names]
    .map((of) => {
      const stated = timeline.flatMap(({ usage }) => usage.get(of) ?? []);
      return { of, most: Math.max(...stated), last: stated.at(-1) ?? 0 };
    })
    .toSorted((a, b) => b.most - a.most);
}

function percent(value: number): string {
  return `${String(Math.round(value))} %`;
}

function overTime(record: RunRecord, limits: readonly Limit[], endedAt: number): Html {
  const spanMs = Math.max(record.timeline.length * record.bucketMs, endedAt - record.startedAt);
  const lines = limits.slice(0, MOST_LINES);
  const top = Math.max(120, Math.ceil((lines[0]?.most ?? 0) / 40) * 40);
  const further = limits.length - lines.length;
  const more = further === 0 ? "" : `; the table has ${counted(further, "more", "more")}`;
  return plot({
    title: `Usage of Meta's limits in per cent, the worst of each ad account or pixel${more}`,
    alternative: "Usage over time; the table below has the highest values.",
    scale: [percent(top), percent(top / 2), percent(0)],
    drawing: html`<path class="limit" d="M0 ${up(100, top)}H${AREA.width}" />
      ${lines.map(({ of }, index) => line(record, { of, look: `line-${String(index + 1)}`, spanMs, top }))}`,
    spanMs,
    legend: [
      { look: "limit", name: "100 %: calls wait" },
      ...lines.map(({ of }, index) => ({ look: `line-${String(index + 1)}`, name: of })),
    ],
  });
}

interface LineParts {
  readonly of: string;
  readonly look: string;
  readonly spanMs: number;
  readonly top: number;
}

/** What was stated holds until something else is. */
function line({ timeline, bucketMs }: RunRecord, { of, look, spanMs, top }: LineParts): Html {
  const width = (AREA.width * bucketMs) / spanMs;
  const steps: Html[] = [];
  for (const [index, { usage }] of timeline.entries()) {
    const value = usage.get(of);
    if (value === undefined) continue;
    const [x, y] = [rounded(index * width), up(value, top)];
    steps.push(steps.length === 0 ? html`M${x} ${y}` : html`H${x}V${y}`);
  }
  return html`<path class="${look}" d="${steps}H${AREA.width}" /> `;
}
