/** From facts to findings: a function of values. */
import type { Facts } from "./facts.js";
import type { Finding, Severity } from "./finding.js";
import { judgeAccount } from "./judge-account.js";
import { judgeAudiences } from "./judge-audiences.js";
import { judgeClock } from "./judge-clock.js";
import { judgePixels } from "./judge-pixels.js";
import { judgeStore } from "./judge-store.js";
import { judgeToken } from "./judge-token.js";
import { judgeVersion } from "./judge-version.js";

/** Everything that there is to say, what matters most first. */
export function judge({ meta, store, now }: Facts): readonly Finding[] {
  const asked =
    meta.kind === "not_asked"
      ? [NO_BINDING]
      : [
          ...judgeToken(meta, now),
          ...judgeAccount(meta),
          ...judgeAudiences(meta),
          ...judgePixels(meta),
          ...judgeClock(meta),
        ];
  const findings = [...asked, ...judgeVersion(meta, now), ...judgeStore(store)];
  return ORDER.flatMap((severity) => findings.filter((one) => one.severity === severity));
}

/** How it stands with everything together. */
export type Health = "well" | "findings" | "blocked";

/** The worst of the findings; a note is none. */
export function healthOf(findings: readonly Finding[]): Health {
  const severities = new Set(findings.map(({ severity }) => severity));
  if (severities.has("blocked")) return "blocked";
  return severities.has("warning") ? "findings" : "well";
}

const ORDER: readonly Severity[] = ["blocked", "warning", "note"];

const NO_BINDING: Finding = {
  code: "doctor.no_binding",
  severity: "note",
  message: "Meta was not asked, since nothing says with which token and about which ad account",
  remedy: "Name a sync file, or a binding file with --binding.",
};
