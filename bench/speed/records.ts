/** The records that speed is measured with: the same in every run, a person each. */

/** Records are made of numbers from here on, so that all have as many digits. */
const FIRST = 10_000_000;

const FIRST_NAMES = ["Mary", "José", "Ann-Kathrin", "Oluwaseun", "Jürgen", "Chloé", "Wei", "Omar"];
const LAST_NAMES = [
  "Smith",
  "O'Connor",
  "Müller",
  "García",
  "de Vries",
  "Nguyen",
  "Okafor",
  "Rossi",
];
const CITIES = ["Berlin", "München", "Köln", "Hamburg", "Frankfurt am Main", "Bad Homburg"];

interface Identifier {
  readonly type: string;
  readonly value: string;
}

/** One thing that was bought. */
export interface Item {
  readonly id: string;
  readonly quantity: number;
  readonly item_price: number;
}

/** A purchase with three identifiers and the usual custom data, as the contract has it. */
export interface EventRecord {
  readonly event_name: string;
  readonly occurred_at: string;
  readonly key: { readonly event_id: string };
  readonly identifiers: readonly Identifier[];
  readonly payload: {
    readonly event_source_url: string;
    readonly client_ip_address: string;
    readonly client_user_agent: string;
    readonly fbp: string;
    readonly value: number;
    readonly currency: string;
    readonly order_id: string;
    readonly content_type: string;
    readonly content_ids: readonly string[];
    readonly contents: readonly Item[];
    readonly num_items: number;
  };
}

/** Somebody who belongs in an audience. */
export interface AudienceRecord {
  readonly operation: "upsert";
  readonly target: string;
  readonly key: { readonly customer_id: string };
  readonly identifiers: readonly Identifier[];
}

/** The instant of all purchases, in Unix seconds. */
export const OCCURRED_AT = Date.UTC(2026, 3, 30, 12) / 1000;

/** When they are delivered, in milliseconds: an hour later. */
export const SENT_AT = (OCCURRED_AT + 3_600) * 1000;

export const AUDIENCE = "VIP customers";

export function eventRecord(index: number): EventRecord {
  const number = FIRST + index;
  const quantity = 1 + (index % 3);
  const item_price = (1_000 + (index % 9_000)) / 100;
  const contents = [
    { id: `sku-${String(index % 5_000)}`, quantity, item_price },
    { id: `sku-${String((index + 7) % 5_000)}`, quantity: 1, item_price: 4.5 },
  ];
  return {
    event_name: "Purchase",
    occurred_at: "2026-04-30T12:00:00Z",
    key: { event_id: `order-${String(number)}` },
    identifiers: [
      { type: "email", value: emailOf(index) },
      { type: "phone_e164", value: phoneOf(index) },
      { type: "external_id", value: `C-${String(number)}` },
    ],
    payload: {
      event_source_url: `https://shop.example.test/thanks/${String(number)}`,
      client_ip_address: `203.0.113.${String(index % 255)}`,
      client_user_agent:
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/135.0 Safari/537.36",
      fbp: `fb.1.1776394173000.${String(number)}`,
      value: Math.round((quantity * item_price + 4.5) * 100) / 100,
      currency: "EUR",
      order_id: `order-${String(number)}`,
      content_type: "product",
      content_ids: contents.map(({ id }) => id),
      contents,
      num_items: quantity + 1,
    },
  };
}

/** True for what came from a file of {@link eventRecord}s. */
export function isEventRecord(value: unknown): value is EventRecord {
  return typeof value === "object" && value !== null && "event_name" in value;
}

/** A record with an e-mail address and a telephone number. */
export function audienceRecord2(index: number): AudienceRecord {
  return audienceRecord(index, [
    { type: "email", value: emailOf(index) },
    { type: "phone_e164", value: phoneOf(index) },
  ]);
}

/** A record with names and an address as well. */
export function audienceRecord8(index: number): AudienceRecord {
  return audienceRecord(index, [
    { type: "email", value: emailOf(index) },
    { type: "phone", value: phoneOf(index) },
    { type: "first_name", value: pick(FIRST_NAMES, index) },
    { type: "last_name", value: pick(LAST_NAMES, index >> 3) },
    { type: "city", value: pick(CITIES, index) },
    { type: "state", value: "Bayern" },
    { type: "zip_code", value: String(10_000 + (index % 89_999)) },
    { type: "country", value: "DE" },
  ]);
}

/** A line of a CSV file of customers; {@link CSV_HEADER} names its cells. */
export function customerLine(index: number): string {
  return `${String(FIRST + index)},${emailOf(index)},${phoneOf(index)}\n`;
}

export const CSV_HEADER = "customer_id,email,phone\n";

function audienceRecord(index: number, identifiers: readonly Identifier[]): AudienceRecord {
  const key = { customer_id: String(FIRST + index) };
  return { operation: "upsert", target: AUDIENCE, key, identifiers };
}

function emailOf(index: number): string {
  return `Person.${String(FIRST + index)}@Example.test`;
}

function phoneOf(index: number): string {
  return `+4930${String(FIRST + index)}`;
}

function pick(values: readonly string[], index: number): string {
  return values[index % values.length] ?? "";
}
