/** Synthetic contract records. */
import { createHash } from "node:crypto";

/** The digest that Meta expects; made here without the code under test. */
export function digest(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

/** An identifier of a record. */
export function identifier(type: string, value: unknown): { type: string; value: unknown } {
  return { type, value };
}

/** An e-mail address of nobody. */
export function email(name: string): { type: string; value: unknown } {
  return identifier("email", `${name}@example.test`);
}

/** An event that plans well, but for what the test changes. */
export function event(identity: string, changes: Readonly<Record<string, unknown>> = {}) {
  return {
    operation: "import",
    event_identity: identity,
    event_name: "Lead",
    occurred_at: "2026-04-30T12:00:00Z",
    identifiers: [email("buyer")],
    payload: {},
    ...changes,
  };
}

/** A State Operation that plans well, but for what the test changes. */
export function operation(identity: string, changes: Readonly<Record<string, unknown>> = {}) {
  return {
    operation: "upsert",
    record_identity: identity,
    target: "VIP",
    key: { customer_id: identity },
    identifiers: [email(identity)],
    payload: {},
    ...changes,
  };
}

/** As many different e-mail identifiers as are wanted. */
export function emails(count: number): readonly { type: string; value: unknown }[] {
  return Array.from({ length: count }, (_, index) => email(`person-${index}`));
}
