import type { SchemaViolation } from "../core/ajv.js";
import { safeName } from "../core/redact.js";
import type { RejectionCode } from "../core/record.js";
import type { Fault } from "../mapping/scope.js";
import type { Rejected } from "./entry.js";

/** A rejection of one record. */
export function reject(
  identity: string,
  code: RejectionCode,
  field: string,
  message: string,
): Rejected {
  return { kind: "rejection", rejection: { identity, code, field, message } };
}

/** The rejection for a fault of rendering. */
export function rejectFault(identity: string, fault: Fault): Rejected {
  return reject(identity, fault.code, fault.field, fault.message);
}

/** The rejection for what the spec refuses; a required field that is absent is `missing`. */
export function rejectViolation(identity: string, violation: SchemaViolation): Rejected {
  const pointer = safeName(violation.pointer);
  const field = pointer.replace(/^\//, "").replaceAll("/", ".");
  return violation.keyword === "required"
    ? reject(identity, "missing", field, `\`${field}\` is required by Meta and has no value.`)
    : reject(
        identity,
        "spec_violation",
        pointer,
        `\`${field}\` ${violation.message} (Meta's spec, rule \`${violation.keyword}\`).`,
      );
}
