/** Requests over time: how many began when, what came of them, and what they waited for. */
import type { ExchangeEnd } from "../../delivery/run-event.js";
import { fineDuration } from "../duration.js";
import { EXCHANGE_ENDS, type RunRecord, type TimeBucket } from "../run-record.js";
import type { RunReport } from "../run-report.js";
import { counted, figure } from "../table.js";
import { html, prose, type Html } from "./html.js";
import { across, AREA, plot, rounded, topOf, up, type LegendEntry } from "./plot.js";
import { tableHtml } from "./table.js";

/** What an exchange can come to, in words. */
export const CAME_TO: Readonly<Record<ExchangeEnd, string>> = {
  acknowledged: "acknowledged",
  throttled: "throttled",
  failed: "failed, may pass",
  unanswered: "without an answer",
  refused: "refused",
};

/** Sentence, plot and table; a sentence alone where there were none, or where the clock stood still. */
export function requestsHtml({ record, endedAt }: RunReport): Html {
  const { exchanges } = record;
  if (exchanges.count + exchanges.lookUps === 0) return html`<p>No request was made.</p> `;
  const spanMs = Math.max(record.timeline.length * record.bucketMs, endedAt - record.startedAt);
  return html`<p>${prose(sentence(record))}</p>
    ${
      endedAt > record.startedAt
        ? overTime(record, spanMs)
        : html`<p>
            The clock stood still (<code>--now</code>), so there is nothing to tell about time.
          </p> `
    }`;
}

function sentence({ exchanges }: RunRecord): string {
  const { count, retries, lookUps, totalMs, longestMs } = exchanges;
  const parts = [
    ...(count === 0 ? [] : [`${counted(count, "request")} about records`]),
    ...(retries === 0 ? [] : [`${figure(retries)} of them tried again`]),
    ...(lookUps === 0 ? [] : [counted(lookUps, "call about audiences", "calls about audiences")]),
  ];
  const time =
    count === 0 || longestMs === 0
      ? ""
      : ` A request took ${fineDuration(totalMs / count)} on average, and ${fineDuration(longestMs)} at most.`;
  return `${parts.join(", ")}.${time}`;
}

function overTime(record: RunRecord, spanMs: number): Html {
  const most = topOf(Math.max(...record.timeline.map(callsIn)));
  const shown = marks(record);
  const width = (AREA.width * record.bucketMs) / spanMs;
  const waits = record.waits.longest;
  return html`${plot({
      title: `Requests by when they began, in stretches of ${fineDuration(record.bucketMs)}`,
      alternative: `Requests over time; the table below has the same numbers.`,
      scale: [figure(most), figure(most / 2), "0"],
      drawing: html`${record.timeline.map((bucket, index) => bar(bucket, { index, width, most, shown }))}`,
      strip: html`${waits.map(({ from, until }) => {
        const begin = across(from - record.startedAt, spanMs);
        const end = across(until - record.startedAt, spanMs);
        return html`<rect
          class="waiting"
          x="${begin}"
          y="0"
          width="${rounded(Math.max(end - begin, 2))}"
          height="10"
        />`;
      })}`,
      spanMs,
      legend: [...shown, ...(waits.length === 0 ? [] : [{ look: "waiting", name: "waiting" }])],
    })}
    <details>
      <summary>These numbers as a table</summary>
      ${timeTable(record, shown)}
    </details> `;
}

type Mark = LegendEntry & { readonly of: (bucket: TimeBucket) => number };

/** Only what happened at all. */
function marks({ timeline }: RunRecord): readonly Mark[] {
  const all: readonly Mark[] = [
    ...EXCHANGE_ENDS.map((came) => ({
      look: came,
      name: CAME_TO[came],
      of: ({ exchanges }: TimeBucket) => exchanges[came],
    })),
    { look: "look-up", name: "about audiences", of: ({ lookUps }) => lookUps },
  ];
  return all.filter(({ of }) => timeline.some((bucket) => of(bucket) > 0));
}

function callsIn({ exchanges, lookUps }: TimeBucket): number {
  return EXCHANGE_ENDS.reduce((sum, came) => sum + exchanges[came], lookUps);
}

interface BarPlace {
  readonly index: number;
  readonly width: number;
  readonly most: number;
  readonly shown: readonly Mark[];
}

/** Narrower than its stretch by a tenth, so that neighbours stay apart. */
function bar(bucket: TimeBucket, { index, width, most, shown }: BarPlace): Html {
  let below = 0;
  const pieces = shown.map(({ look, name, of }) => {
    const count = of(bucket);
    if (count === 0) return html``;
    const [bottom, top] = [up(below, most), up(below + count, most)];
    below += count;
    return html`<rect
      class="${look}"
      x="${rounded(index * width)}"
      y="${top}"
      width="${rounded(width * 0.9)}"
      height="${rounded(bottom - top)}"
      ><title>${figure(count)} ${name}</title></rect
    >`;
  });
  return html`${pieces}`;
}

function timeTable({ timeline, bucketMs }: RunRecord, shown: readonly Mark[]): Html {
  const rows = timeline
    .map((bucket, index) => [
      `${fineDuration(index * bucketMs)} – ${fineDuration((index + 1) * bucketMs)}`,
      ...shown.map(({ of }) => of(bucket)),
    ])
    .filter(([, ...counts]) => counts.some((count) => count !== 0));
  return tableHtml({
    caption: "Requests by when they began",
    columns: ["since the start", ...shown.map(({ name }) => name)],
    rows,
  });
}
