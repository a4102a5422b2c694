/** Records of the contract as code writes them, before anything is checked. */

/**
 * What finds a person: a type that the mapping reads (`email`, `phone`, `external_id`,
 * `mobile_advertising_id`, …) and its value, plain or as a SHA-256 digest in hex.
 */
export interface GivenIdentifier {
  readonly type: string;
  readonly value: unknown;
}

interface GivenParts {
  /** Names the record in plans, messages and the store; made of `key` when missing. */
  readonly record_identity?: string;
  /** What names the record where it comes from; this or `record_identity` is needed. */
  readonly key?: Readonly<Record<string, unknown>>;
  readonly identifiers: readonly GivenIdentifier[];
  /** What the `payload.…` paths of the mapping read: values of JSON, dates and safe big integers. */
  readonly payload?: Readonly<Record<string, unknown>>;
}

/**
 * A conversion: a record for a mapping of events. `key.event_id`, or `record_identity`, becomes Meta's
 * `event_id`, by which repeats are dropped.
 *
 * @see https://developers.facebook.com/docs/marketing-api/conversions-api/parameters/server-event
 * @example
 * const order = {
 *   event_name: "Purchase",
 *   occurred_at: new Date(),
 *   key: { event_id: "o-1" },
 *   identifiers: [{ type: "email", value: "buyer@example.test" }],
 *   payload: { value: 12.5, currency: "EUR" },
 * } satisfies EventRecord;
 */
export interface EventRecord extends GivenParts {
  readonly operation?: "import";
  /** Meta's name of it, `Purchase`, or one of your own. */
  readonly event_name?: string;
  /** Your name of it, for mappings that translate. */
  readonly event_type?: string;
  /** When it happened: a date, or text with a zone (`2026-04-30T12:00:00Z`). */
  readonly occurred_at: string | number | Date;
}

/**
 * Says that a person belongs in an audience, or leaves it: a record for a mapping of audiences.
 *
 * @see https://developers.facebook.com/docs/marketing-api/audiences/guides/custom-audiences
 * @example
 * const joins = {
 *   operation: "upsert",
 *   target: "VIP customers",
 *   key: { customer_id: 7 },
 *   identifiers: [{ type: "email", value: "ann@example.test" }],
 * } satisfies StateRecord;
 */
export interface StateRecord extends GivenParts {
  readonly operation: "upsert" | "remove";
  /** The name of the audience, which is found or created; or a name of `targets`. */
  readonly target: string;
}
