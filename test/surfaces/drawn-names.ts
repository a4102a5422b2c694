/** Names and identifier types of which mappings and records are drawn. */
import * as fc from "fast-check";

export const PLAIN_NAMES = [
  "a",
  "b",
  "c",
  "value",
  "currency",
  "items",
  "order_id",
  "content_ids",
  "url",
];
export const NAMES = [
  ...PLAIN_NAMES,
  ...[
    "email",
    "constructor",
    "toString",
    "0",
    "1",
    "10",
    "",
    "a.b",
    "ä",
    "\ud83d\ude00",
    '"',
    "\\",
  ],
  ...["custom_data", "user_data", "contents", "num_items", "status", "content_name", "x_one"],
  ...["event_source_url", "opt_out", "client_ip_address", "fbc", "lead_id", "delivery_category"],
];
export const TYPES = ["email", "madid", "phone", "country", "date_of_birth", "external_id"];

/** What goes well, and now and then anything. */
export function mostly<T>(usual: readonly T[], wild: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof(
    { weight: 7, arbitrary: fc.constantFrom(...usual) },
    { weight: 1, arbitrary: wild },
  );
}
