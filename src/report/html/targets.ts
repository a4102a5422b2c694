/** What changed of each audience or pixel, and what became of the requests to it. */
import type { MirroredAudience, RunResult, TargetCounts } from "../../delivery/run-result.js";
import { MEMBER_COUNTS } from "../mirror-table.js";
import type { RunRecord } from "../run-record.js";
import { html, prose, type Html } from "./html.js";
import { tableHtml, type Cell } from "./table.js";

/** Who joined and left; nothing where nothing was compared. */
export function audiencesHtml({ mirror }: RunResult): Html {
  const audiences = mirror?.audiences ?? [];
  return html`${table(
    "People in each audience",
    audiences.filter(({ guarded }) => guarded === undefined),
  )}${table(
    "Left alone by the removal guard: nothing of this was sent",
    audiences.filter(({ guarded }) => guarded !== undefined),
  )}`;
}

function table(caption: string, audiences: readonly MirroredAudience[]): Html {
  return tableHtml({
    caption,
    columns: ["audience", ...MEMBER_COUNTS],
    rows: audiences.map(({ target, members }) => [
      target,
      ...MEMBER_COUNTS.map((name) => members[name]),
    ]),
  });
}

/** Requests to each audience or pixel, by operation. */
export function targetsHtml(result: RunResult, record: RunRecord): Html {
  const what = result.surface === "events" ? "events" : "rows";
  const acknowledged = `${what} acknowledged`;
  return tableHtml({
    caption: "Requests; parts of one that was split count in its place",
    columns: [
      result.surface === "events" ? "pixel" : "audience",
      ...[
        "status",
        "operation",
        "requests acknowledged",
        "refused",
        "without an answer",
        "not sent",
      ],
      ...[what, acknowledged, "malformed"],
    ],
    rows: result.targets.map((counts) => row(counts, record)),
  });
}

function row(counts: TargetCounts, record: RunRecord): readonly Cell[] {
  const { target, operation, status, items, acknowledgedItems, invalidItems } = counts;
  const ends = record.requestsTo(target, operation);
  return [
    target,
    status.replaceAll("_", " "),
    operation,
    ends?.acknowledged ?? 0,
    ends?.refused ?? 0,
    ends?.unanswered ?? 0,
    ends?.not_sent ?? 0,
    items,
    acknowledgedItems,
    invalidItems,
  ];
}

/** Sentences as a list. */
export function listHtml(sentences: readonly string[]): Html {
  if (sentences.length === 0) return html``;
  return html`<ul class="said">
    ${sentences.map((sentence) => html`<li>${prose(sentence)}</li> `)}
  </ul> `;
}
