import { safeName } from "../core/redact.js";
import { instant } from "../report/instant.js";
import { counted } from "../report/table.js";
import type { OpenStore, StoreFacts, UnendedRun } from "./facts.js";
import type { Finding } from "./finding.js";

/** Judges the store. */
export function judgeStore(store: StoreFacts): readonly Finding[] {
  switch (store.kind) {
    case "none":
    case "in_memory":
      return [];
    case "unusable":
      return [
        {
          code: "store.unusable",
          severity: "warning",
          message: store.fault.message,
          remedy: `${store.fault.remedy} (${store.fault.code})`,
        },
      ];
    case "open":
      return judgeOpen(store);
  }
}

function judgeOpen({ needsPerson, openRequests, unended }: OpenStore): readonly Finding[] {
  return [
    ...(needsPerson.length === 0 ? [] : [needsYou(needsPerson)]),
    ...unended.map(isRun),
    ...(openRequests === 0
      ? []
      : [
          {
            code: "store.open",
            severity: "note",
            message: `${counted(openRequests, "request")} ${openRequests === 1 ? "is" : "are"} not settled`,
            remedy: "The next run goes on from there; `retl-meta ledger list` shows them.",
          } as const,
        ]),
  ];
}

function needsYou([first = "", ...others]: readonly string[]): Finding {
  const further = others.length === 0 ? "" : ` And ${counted(others.length, "thing")} more.`;
  return {
    code: "store.needs_you",
    severity: "warning",
    message: "the store knows of something that no run mends of its own accord",
    remedy: `${first}${further} \`retl-meta status\` shows everything.`,
  };
}

function isRun({ sync, holder, startedAt }: UnendedRun): Finding {
  return {
    code: "store.open",
    severity: "note",
    message: `a run of \`${safeName(sync)}\` has not ended: ${safeName(holder)}, since ${instant(startedAt)}`,
    remedy: "If its process is gone, run it again, and it goes on from there.",
  };
}
