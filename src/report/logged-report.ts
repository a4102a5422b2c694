/** Reads back what `run-json.ts` wrote: the log of runs keeps each run's report. */
import { isJsonArray, isJsonObject, ownValue, parseJson, type JsonObject } from "../core/json.js";

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
  readonly rejected: number;
  /** Not at Meta, or nobody knows. */
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
    rejected: count("rejected"),
    open: count("unknown", "failed", "not_sent", "in_doubt"),
  };
}

/** The first thing that went wrong in a run, with the advice that belongs to it. */
export function reportedProblem(report: JsonObject): string | undefined {
  const stopped = ownValue(report, "stopped");
  if (typeof stopped === "string") return stopped;
  const failures = ownValue(report, "failures");
  const [first] = isJsonArray(failures) ? failures : [];
  if (!isJsonObject(first)) return undefined;
  const target = ownValue(first, "target");
  const summary = ownValue(first, "summary");
  return typeof target === "string" && typeof summary === "string"
    ? `${target}: ${summary}`
    : undefined;
}

function objectAt(object: JsonObject, name: string): JsonObject {
  const value = ownValue(object, name);
  return isJsonObject(value) ? value : {};
}

function numberAt(object: JsonObject, name: string): number {
  const value = ownValue(object, name);
  return typeof value === "number" ? value : 0;
}
