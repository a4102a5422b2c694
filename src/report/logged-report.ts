/** Reads back what `run-json.ts` wrote: the log of runs keeps each run's report. */
import { isJsonArray, isJsonObject, ownValue, parseJson, type JsonObject } from "../core/json.js";
import { failureText } from "./run-problems.js";

/** A run's report; empty when it was written by another version and cannot be read. */
export function reportOf(text: string): JsonObject {
  const read = parseJson(text);
  return read.ok && isJsonObject(read.value) ? read.value : {};
}

/** What a report says of its records, in the groups that a table has room for. */
export interface ReportedRecords {
  readonly read: number;
  readonly acknowledged: number;
  /** Delivered in an earlier run, and not sent again. */
  readonly before: number;
  /** Rows of people who were removed. */
  readonly removed: number;
  readonly rejected: number;
  /** Not at Meta, or nobody knows; of people who are to be removed, still there. */
  readonly open: number;
}

/** The counts of a report. */
export function reportedRecords(report: JsonObject): ReportedRecords {
  const records = objectAt(report, "records");
  const count = (...names: readonly string[]) =>
    names.reduce((sum, name) => sum + numberAt(records, name), 0);
  return {
    read: count("read"),
    acknowledged: count("acknowledged"),
    before: count("delivered", "unchanged"),
    removed: removedRows(report),
    rejected: count("rejected"),
    open:
      count("unknown", "failed", "not_sent", "in_doubt") +
      numberAt(objectAt(report, "mirror"), "open_removals"),
  };
}

function removedRows(report: JsonObject): number {
  return objectsAt(report, "targets")
    .filter((target) => ownValue(target, "operation") === "remove")
    .reduce((sum, target) => sum + numberAt(target, "acknowledged_items"), 0);
}

/** What went wrong in a run, each with the advice that belongs to it. */
export function reportedProblems(report: JsonObject): readonly string[] {
  const stopped = ownValue(report, "stopped");
  if (typeof stopped === "string") return [stopped];
  const broken = ownValue(report, "source_problem_message");
  if (typeof broken === "string")
    return [
      `its source has to be put in order first: ${broken}${codeOf(report)}. Then run it again.`,
    ];
  return objectsAt(report, "failures").flatMap((failure) => {
    const target = ownValue(failure, "target");
    const summary = ownValue(failure, "summary");
    const code = ownValue(failure, "code");
    if (typeof target !== "string" || typeof summary !== "string") return [];
    if (typeof code !== "string") return [`${target}: ${summary}`];
    const evidence = { code: ownValue(objectAt(failure, "evidence"), "code") };
    return [failureText({ target, summary, code, evidence })];
  });
}

function codeOf(report: JsonObject): string {
  const code = ownValue(report, "source_problem");
  return typeof code === "string" ? ` (${code})` : "";
}

function objectsAt(object: JsonObject, name: string): readonly JsonObject[] {
  const value = ownValue(object, name);
  return isJsonArray(value) ? value.filter(isJsonObject) : [];
}

function objectAt(object: JsonObject, name: string): JsonObject {
  const value = ownValue(object, name);
  return isJsonObject(value) ? value : {};
}

function numberAt(object: JsonObject, name: string): number {
  const value = ownValue(object, name);
  return typeof value === "number" ? value : 0;
}
