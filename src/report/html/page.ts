/** The report of a run as one HTML file, which needs nothing beside itself and asks nobody for anything. */
import { createHash } from "node:crypto";
import type { Redactor } from "../../core/redact.js";
import { runNotes } from "../run-notes.js";
import type { RunReport } from "../run-report.js";
import { html, htmlText, verbatim, type Html } from "./html.js";
import { qualityHtml } from "./quality.js";
import { rejectsHtml } from "./rejects.js";
import { requestsHtml } from "./requests.js";
import { section } from "./section.js";
import { STYLE } from "./style.js";
import { audiencesHtml, listHtml, targetsHtml } from "./targets.js";
import { figuresHtml, nextHtml, topHtml } from "./top.js";
import { usageHtml } from "./usage.js";
import { waitsHtml } from "./waits.js";

/**
 * The whole file. The page has no script, and its policy lets a browser fetch nothing and run nothing.
 *
 * @param redact the door through which every text goes
 */
export function runHtml(report: RunReport, redact: Redactor): string {
  return htmlText(page(report), redact);
}

/** Only this style sheet may apply: its digest is in the policy. */
const STYLE_DIGEST = createHash("sha256").update(STYLE).digest("base64");
const POLICY = `default-src 'none'; style-src 'sha256-${STYLE_DIGEST}'; base-uri 'none'; form-action 'none'`;

function page(report: RunReport): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${verbatim(POLICY)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>${report.sync}: report of a sync</title>
        ${verbatim(`<style>${STYLE}</style>`)}
      </head>
      <body>
        <main>
          ${topHtml(report)}${section("What to do next", nextHtml(report))}${content(report)}
        </main>
      </body>
    </html> `;
}

function content(report: RunReport): Html {
  const { ending, record, quality } = report;
  const result = ending.kind === "finished" ? ending.result : record.result;
  if (result === undefined) return html``;
  return html`${section("Records", figuresHtml(result))}${section("What changed", audiencesHtml(result))}${section(
    result.surface === "events" ? "Pixels" : "Audiences",
    targetsHtml(result, record),
  )}${section("Rejected records", rejectsHtml(result))}${section(
    "Noted",
    listHtml(runNotes(result, new Set(quality.fields.map(({ field }) => field)))),
  )}${section("Match quality", qualityHtml(quality))}${section("Requests over time", requestsHtml(report))}${section(
    "Waits",
    waitsHtml(report),
  )}${section("Usage against limits", usageHtml(report))}`;
}
