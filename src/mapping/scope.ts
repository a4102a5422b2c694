import type { Json } from "../core/json.js";
import type { RejectionCode } from "../core/record.js";
import { safeName } from "../core/redact.js";
import type { DropReason, Suspicion } from "../normalize/normalizer.js";
import type { ConversionFault } from "./convert-scalar.js";
import type { Finished } from "./finish.js";
import type { ValueForm } from "./form.js";

/** Why a record cannot be rendered. */
export interface Fault {
  readonly code: RejectionCode;
  /** The field of the result or of the record. */
  readonly field: string;
  readonly message: string;
}

/** What rendering counts beside its results, over a whole run. */
export interface Tally {
  /** Values that were left out, by field of the result and by reason. */
  readonly dropped: Map<string, Map<DropReason, number>>;
  /** Values that were sent and look wrong, by field of the result and by reason. */
  readonly suspicious: Map<string, Map<Suspicion, number>>;
  /** Identifiers of types that the mapping does not name, by type. */
  readonly ignoredIdentifiers: Map<string, number>;
  /** Fields of the data that the spec has no place for, by path. */
  readonly unmapped: Map<string, number>;
  /** Places where plain personal data stood, by field of the result. */
  readonly personalData: Map<string, number>;
}

/** A tally in which nothing was counted yet. */
export function emptyTally(): Tally {
  return {
    dropped: new Map(),
    suspicious: new Map(),
    ignoredIdentifiers: new Map(),
    unmapped: new Map(),
    personalData: new Map(),
  };
}

/** True when nothing was counted. */
export function isEmptyTally(tally: Tally): boolean {
  const { dropped, suspicious, ignoredIdentifiers, unmapped, personalData } = tally;
  return (
    dropped.size === 0 &&
    suspicious.size === 0 &&
    ignoredIdentifiers.size === 0 &&
    unmapped.size === 0 &&
    personalData.size === 0
  );
}

/** Forgets all that was counted. */
export function clearTally(tally: Tally): void {
  const { dropped, suspicious, ignoredIdentifiers, unmapped, personalData } = tally;
  for (const counts of [dropped, suspicious, ignoredIdentifiers, unmapped, personalData])
    counts.clear();
}

/** Names come from the data too; more of them than a person reads must not fill the memory. */
const MAX_NAMES = 1000;

/** Counts one more; what goes beyond a thousand names is counted together, as `…`. */
export function count(counts: Map<string, number>, name: string): void {
  const known = counts.get(name);
  if (known !== undefined) counts.set(name, known + 1);
  else countNew(counts, safeName(name));
}

/** Names come from the data: they are made fit to be shown, and capped in number. */
function countNew(counts: Map<string, number>, name: string): void {
  const place = counts.has(name) || counts.size < MAX_NAMES ? name : "…";
  counts.set(place, (counts.get(place) ?? 0) + 1);
}

/** Counts one more for a field of the result, by the reason. */
export function countReason<R>(
  counts: Map<string, Map<R, number>>,
  field: string,
  reason: R,
): undefined {
  const reasons = counts.get(field) ?? new Map<R, number>();
  counts.set(field, reasons);
  reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
}

/** What an expression sees while one row is rendered; one object serves a whole run. */
export interface Scope<B> {
  batch: B;
  index: number;
  /** The element of the innermost `each`. */
  item: Json | undefined;
  /** The first fault of this row. */
  fault: Fault | undefined;
  readonly tally: Tally;
}

/** Turns a scope to another row. */
export function startRow<B>(scope: Scope<B>, batch: B, index: number): void {
  scope.batch = batch;
  scope.index = index;
  scope.fault = undefined;
}

/** A compiled form: gives the value, `undefined` when it is blank or after a fault. */
export type Expression<B> = (scope: Scope<B>) => Json | undefined;

/** Hears of one value of a form as it was read, before its last steps, and of what became of it. */
export type ValueListener = (value: Json, finished: Finished) => void;

/** Chooses the forms whose values are listened to; asked while forms are compiled, never for a row. */
export type ListenTo = (form: ValueForm) => ValueListener | undefined;

/** Keeps the first fault of a row. */
export function setFault<B>(scope: Scope<B>, at: string, fault: ConversionFault): undefined {
  const field = [at, ...fault.path].join(".");
  scope.fault ??= { code: fault.code, field, message: `\`${field}\` ${fault.message}.` };
  return undefined;
}
