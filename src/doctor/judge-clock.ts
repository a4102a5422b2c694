import type { AskedMeta } from "./facts.js";
import type { Finding } from "./finding.js";
import { PAGES } from "./pages.js";

/** Meta tells whole seconds, and an answer takes some to come: less than this says nothing. */
const NOTABLE_MS = 60_000;

/** Judges our clock by Meta's: ages of events and times of retries are reckoned with it. */
export function judgeClock({ clockAheadMs, upgraded, apiVersion }: AskedMeta): readonly Finding[] {
  const found: Finding[] = [];
  if (upgraded)
    found.push({
      code: "version.upgraded",
      severity: "warning",
      message: `Meta answers in a newer version than ${apiVersion}, which has ended`,
      remedy: "Update this software, or set `api_version` to a version that still lives.",
      page: PAGES.marketingVersions,
    });
  if (clockAheadMs !== undefined && Math.abs(clockAheadMs) >= NOTABLE_MS)
    found.push({
      code: "clock.skew",
      severity: "warning",
      message: `the clock of this machine is ${String(Math.round(Math.abs(clockAheadMs) / 1000))} s ${clockAheadMs > 0 ? "ahead of" : "behind"} Meta's`,
      remedy:
        "Set it by a time server: Meta refuses events from its future, and how old an event is, is reckoned by this clock.",
      page: PAGES.events,
    });
  return found;
}
