/** What happened, in one sentence and some figures, and what to do next. */
import type { RunResult, RunStatus } from "../../delivery/run-result.js";
import { duration } from "../duration.js";
import { instant } from "../instant.js";
import { recordParts } from "../record-parts.js";
import { runHeadline } from "../run-headline.js";
import { runProblems } from "../run-problems.js";
import type { RunReport } from "../run-report.js";
import { counted, figure } from "../table.js";
import { html, prose, type Html } from "./html.js";
import { listHtml } from "./targets.js";

/** The head of the page. */
export function topHtml({ sync, ending, record, endedAt, receiver, version }: RunReport): Html {
  const { startedAt } = record;
  const status = ending.kind === "finished" ? STATUS[ending.result.status] : BROKE_OFF;
  const said =
    ending.kind === "finished"
      ? runHeadline(ending.result)
      : `The run broke off: ${ending.because}.`;
  const took = endedAt > startedAt ? html`, took ${duration(endedAt - startedAt)}` : undefined;
  return html`<header>
    <p class="kind">Report of a sync</p>
    <h1>${sync}</h1>
    <p class="said"><strong class="status ${status.look}">${status.name}</strong> ${prose(said)}</p>
    <p class="when">
      Began <time datetime="${instant(startedAt)}">${instant(startedAt)}</time>${took}; sent to
      ${receiver}; ${version}.
    </p>
  </header> `;
}

const BROKE_OFF = { look: "bad", name: "Broke off" };

const STATUS: Readonly<Record<RunStatus, { readonly look: string; readonly name: string }>> = {
  succeeded: { look: "good", name: "Succeeded" },
  partially_succeeded: { look: "fair", name: "Succeeded in part" },
  failed: { look: "bad", name: "Failed" },
  blocked: { look: "bad", name: "Blocked" },
  interrupted: { look: "fair", name: "Interrupted" },
};

/** What a person has to do; says so where there is nothing. */
export function nextHtml({ ending }: RunReport): Html {
  const todo = ending.kind === "finished" ? tasksOf(ending.result) : [ending.remedy];
  return todo.length === 0 ? html`<p>Nothing: all is well.</p> ` : listHtml(todo);
}

function tasksOf(result: RunResult): readonly string[] {
  const { sourceProblem, records, standingRejections } = result;
  const rejected = records.rejected - standingRejections;
  const were = rejected === 1 ? "was" : "were";
  return [
    ...(sourceProblem === undefined
      ? []
      : [`${sourceProblem.message}. ${sourceProblem.remedy}`.trim()]),
    ...runProblems(result),
    ...(rejected === 0
      ? []
      : [
          `${counted(rejected, "record")} ${were} rejected: \u201cRejected records\u201d says why, and what to do.`,
        ]),
  ];
}

/** Where the records ended up: figures that sum to the records that were read. */
export function figuresHtml(result: RunResult): Html {
  const figures = [{ count: result.records.read, name: "records read" }, ...recordParts(result)];
  return html`<dl class="figures">
    ${figures.map(
      ({ count, name }) =>
        html`<div>
          <dt>${prose(name)}</dt>
          <dd>${figure(count)}</dd>
        </div> `,
    )}
  </dl> `;
}
