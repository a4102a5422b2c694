import type { Surface } from "../core/outcome.js";
import { VERSION_ENDS } from "../generated/constants.js";
import { daysUntil, endOfDay } from "./days.js";
import type { MetaFacts } from "./facts.js";
import type { Finding } from "./finding.js";
import { PAGES } from "./pages.js";

/** So many days before a version's end it is time to move to another one. */
const SOON = 90;

/** Meta ends its versions on two schedules. */
type Schedule = "graph" | "marketing";

const SCHEDULES: Readonly<Record<Surface, Schedule>> = {
  events: "graph",
  custom_audiences: "marketing",
};

const SENT: Readonly<Record<Schedule, string>> = { graph: "events", marketing: "audiences" };
const PAGE: Readonly<Record<Schedule, string>> = {
  graph: PAGES.graphVersions,
  marketing: PAGES.marketingVersions,
};

/** The last day of a version on either schedule; nothing when the spec does not know it. */
export function endsOf(apiVersion: string): Readonly<Record<Schedule, string | null>> | undefined {
  return Object.entries(VERSION_ENDS).find(([version]) => version === apiVersion)?.[1];
}

/** Judges the API version by the end that Meta has named for what is delivered in it. */
export function judgeVersion(meta: MetaFacts, now: number): readonly Finding[] {
  const { apiVersion } = meta;
  const surfaces: readonly Surface[] =
    meta.kind === "asked" ? meta.surfaces : ["events", "custom_audiences"];
  const ends = endsOf(apiVersion);
  if (ends === undefined)
    return [
      {
        code: "version.unknown",
        severity: "warning",
        message: `the API version ${apiVersion} is not known here, nor when it ends`,
        remedy: "Leave `api_version` out to use the one that requests are checked against.",
        page: PAGES.graphVersions,
      },
    ];
  return surfaces
    .map((surface) => SCHEDULES[surface])
    .flatMap((schedule) => judgeEnd(apiVersion, schedule, ends[schedule], now));
}

function judgeEnd(
  apiVersion: string,
  schedule: Schedule,
  end: string | null,
  now: number,
): readonly Finding[] {
  const page = PAGE[schedule];
  if (end === null)
    return [
      {
        code: "version.end_unknown",
        severity: "note",
        message: `no end of ${apiVersion} is known here for ${SENT[schedule]}`,
        remedy: "Look at Meta's table now and then.",
        page,
      },
    ];
  const days = daysUntil(endOfDay(end), now);
  if (days > SOON) return [];
  const remedy = "Update this software, or set `api_version` to a version that still lives.";
  if (days <= 0)
    return [
      {
        code: "version.ended",
        severity: "blocked",
        message: `${apiVersion} has ended for ${SENT[schedule]}, on ${end}`,
        remedy,
        page,
      },
    ];
  return [
    {
      code: "version.ends_soon",
      severity: "warning",
      message: `${apiVersion} ends for ${SENT[schedule]} on ${end}, in ${String(Math.ceil(days))} days`,
      remedy,
      page,
    },
  ];
}
