/** Says what happened, one line for each moment. */
import type { RunResult } from "../../src/delivery/run-result.js";
import type { Verdict } from "./meta/meta.js";
import type { WireRequest } from "./meta/wire.js";
import type { Exchange, Moment } from "./moments.js";

/** One line of a trace. */
export function describe(moment: Moment): string {
  switch (moment.kind) {
    case "born":
      return `${moment.what} starts over ${String(moment.source.records.length)} records${moment.source.corrected ? ", mapping corrected" : ""}${moment.resend ? ", everything again" : ""}${moment.faulty ? "" : ", no faults from here"}`;
    case "run_started":
      return `run ${String(moment.runId)} has started`;
    case "starts":
      return `request starts against ${moment.paceKey}`;
    case "begun":
      return `the changes of ${moment.targets.join(", ")} are begun`;
    case "planned":
    case "carried":
      return `${moment.row.batchId} ${moment.kind} for ${moment.row.target}: ${moment.row.fingerprint.slice(0, 8)}, ${String(moment.row.records)} records`;
    case "sending":
      return `${moment.row.batchId} is sending, attempt ${String(moment.attempt)}`;
    case "left":
      return `${exchangeText(moment.exchange)} left`;
    case "done":
      return `${exchangeText(moment.exchange)} done at Meta${moment.verdict === undefined ? "" : `: ${verdictText(moment.verdict)}`}`;
    case "answered":
      return `${exchangeText(moment.heard.exchange)} answered${moment.heard.fault === undefined ? "" : `: ${moment.heard.fault}`}`;
    case "settled":
      return `${moment.row.batchId} settled as ${moment.settlement.state}, ${String(moment.settlement.rejects.length)} rejects`;
    case "crashed":
      return `CRASH at ${moment.point}, ${moment.side}`;
    case "run_ended":
      return `run ended as ${moment.result.status}${moment.result.stopped === undefined ? "" : ` (${moment.result.stopped})`}: ${countsText(moment.result)}`;
    case "suppressed":
      return `${moment.identifiers.map((one) => one.slice(0, 14)).join(", ")} are suppressed`;
    case "erased":
      return `erasing ended as ${moment.status}`;
    case "released":
      return `${moment.audienceId} is released`;
    case "decided":
      return `somebody decides: ${moment.decision.text}`;
    case "finished":
      return "nothing happens any more";
  }
}

function exchangeText({ call, sort, sent }: Exchange): string {
  if (sent === undefined) return sort;
  const { request, row, attempt } = sent;
  return `${call} (${sort}) ${row?.batchId ?? "without a row"} #${String(attempt)} to ${request.id} [${itemsText(request)}]`;
}

function itemsText(request: WireRequest): string {
  return request.kind === "events"
    ? request.items.map(({ key }) => key).join(", ")
    : `${request.operation} ${request.items.map(({ keys }) => keys[0]?.slice(6, 14)).join(", ")}`;
}

function verdictText(verdict: Verdict): string {
  if (verdict.kind === "closed") return `closed, subcode ${String(verdict.subcode)}`;
  return verdict.kind === "refused"
    ? `refused, blames [${verdict.blamed.join(", ")}]`
    : `received ${String(verdict.received)}, ${String(verdict.malformed.length)} malformed`;
}

function countsText({ records }: RunResult): string {
  return Object.entries(records)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${name} ${String(count)}`)
    .join(", ");
}
