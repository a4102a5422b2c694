/** All checks, and how a mapping is held to them. */
import type { Diagnostic, Place } from "../core/diagnostic.js";
import type { CheckedMapping } from "../mapping/form.js";
import { ambiguousDate } from "./ambiguous-date.js";
import { capitalLetters } from "./capital-letters.js";
import type { Check, CheckContext } from "./check.js";
import { emptyUserData } from "./empty-user-data.js";
import { eventIdAbsent } from "./event-id-absent.js";
import { eventIdShared } from "./event-id-shared.js";
import { eventIdVolatile } from "./event-id-volatile.js";
import { hashedTwice } from "./hashed-twice.js";
import { milliseconds } from "./milliseconds.js";
import { missingForActionSource } from "./missing-for-action-source.js";
import { otherForm } from "./other-form.js";
import { personalData } from "./personal-data.js";
import { phonePlus } from "./phone-plus.js";
import { NO_FACTS } from "./record-facts.js";
import { requiredCustomDataCheck } from "./required-custom-data.js";
import { requiredField } from "./required-field.js";
import { unhashed } from "./unhashed.js";
import { valueWithoutCurrency } from "./value-without-currency.js";
import { weakUserDataCheck } from "./weak-user-data.js";

/** Every check; each has a page of its code in `docs/checks/` and files in `test/checks/`. */
export const CHECKS: readonly Check[] = [
  ambiguousDate,
  capitalLetters,
  emptyUserData,
  eventIdAbsent,
  eventIdShared,
  eventIdVolatile,
  hashedTwice,
  milliseconds,
  missingForActionSource,
  otherForm,
  personalData,
  phonePlus,
  requiredCustomDataCheck,
  requiredField,
  unhashed,
  valueWithoutCurrency,
  weakUserDataCheck,
];

/** A mapping that is checked alone: nothing is known of its records and its configuration. */
export const ALONE: CheckContext = { config: undefined, facts: NO_FACTS };

/** What the checks say of a mapping, in the order of its text. */
export function runChecks(mapping: CheckedMapping, context: CheckContext): readonly Diagnostic[] {
  return CHECKS.flatMap(({ code, severity, run }) =>
    run(mapping, context).map((finding) => ({ code, severity, ...finding })),
  ).toSorted((a, b) => orderOf(a.place, mapping) - orderOf(b.place, mapping));
}

/** What stands in other files comes last. */
function orderOf(place: Place, { file }: CheckedMapping): number {
  return place.kind === "text" && place.file === file ? place.span.start : Number.MAX_VALUE;
}
