/** For each shipped mapping a record that has every field which it reads, and some that it does not. */
import type { Json, JsonObject } from "../../src/core/json.js";
import { EVENT, type Field } from "../../src/generated/fields.js";

const PERSON: Readonly<Record<string, Json>> = {
  email: "mary@example.test",
  phone: "(650) 555-1212",
  phone_e164: "+4930 23125003",
  first_name: "Mary",
  last_name: "Smith",
  first_initial: "m",
  f5_first: "Maryl",
  f5_last: "Smith",
  gender: "f",
  date_of_birth: "1997-02-16",
  date_of_birth_year: "1996",
  date_of_birth_month: "3",
  date_of_birth_day: "17",
  city: "Menlo Park",
  state: "California",
  zip_code: "94025",
  country: "US",
  external_id: "C-17",
  app_user_id: "A-17",
  mobile_advertising_id: "CDDA802E-FB9C-47AD",
  loyalty_card: "L-17",
};

const identifiers = (...types: readonly string[]): readonly JsonObject[] =>
  types.map((type) => ({ type, value: PERSON[type] ?? null }));

const ALL = identifiers(...Object.keys(PERSON));

/** What a rule of the spec wants that a field's type does not tell. */
const RULED: Readonly<Record<string, Json>> = {
  lead_id: "123456789012345",
  currency: "EUR",
  store_code: "SF01",
  data_processing_options_state: 1000,
};

/** A value that the spec takes at a field. */
function valueFor(name: string, field: Field): Json {
  switch (field.kind) {
    case "array":
      return [valueFor(name, field.items)];
    case "object":
      return objectFor(field.fields);
    case "tuple":
      return field.positions.map((position) => valueFor(position.name, position.field));
    case "unix_seconds":
      return 1_777_550_000;
    case "boolean":
      return false;
    case "any":
      return `any ${name}`;
    default: {
      const [word] = "enum" in field ? (field.enum ?? []) : [];
      if (word !== undefined) return word;
      return RULED[name] ?? (field.kind === "string" ? `a ${name}` : 1);
    }
  }
}

/** Every field of an object that a payload can fill. */
function objectFor(
  fields: Readonly<Record<string, Field>>,
  ...except: readonly string[]
): JsonObject {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([name, { hash }]) => hash === "never" && !except.includes(name))
      .map(([name, field]) => [name, valueFor(name, field)]),
  );
}

const { user_data, app_data, custom_data, ...eventFields } = EVENT.fields;

function fieldsOf(field: Field | undefined): Readonly<Record<string, Field>> {
  return field?.kind === "object" ? field.fields : {};
}

const EVERY_FIELD: JsonObject = {
  ...objectFor(eventFields, "event_name", "event_id", "event_time"),
  action_source: "chat",
  user_data: objectFor(fieldsOf(user_data), "madid"),
  app_data: { ...objectFor(fieldsOf(app_data)), unknown_to_meta: 1 },
  custom_data: objectFor(fieldsOf(custom_data)),
  own_property: { nested: [1, 2] },
};

const ITEMS = [
  { id: "S-1", sku: "s1", quantity: 2, qty: 3, item_price: 5, price: 6, title: "Cup", name: "cup" },
  { sku: "S-2", brand: "Acme", category: "cups", note: "gift" },
];

const LIMITED = {
  data_processing_options: ["LDU"],
  data_processing_options_country: 1,
  data_processing_options_state: 1000,
};

const AT = {
  record_identity: "r-1",
  occurred_at: "2026-04-30T12:00:00Z",
  key: { event_id: "e-1", order_id: "o-1" },
};

const SALE = {
  ...LIMITED,
  consent: true,
  opt_out: false,
  value: 10,
  total: 11,
  currency: "EUR",
  order_id: "o-2",
  items: ITEMS,
  num_items: 2,
  net_revenue: 1,
  predicted_ltv: 2,
  customer_segmentation: "new_customer_to_business",
  delivery_category: "curbside",
  not_mapped: "by anything",
};

const WEB = {
  event_source_url: "https://shop.example.test/a",
  url: "https://shop.example.test/b",
  client_ip_address: "192.0.2.1",
  client_user_agent: "Mozilla/5.0",
  fbc: "fb.1.1.abc",
  fbp: "fb.1.1.2",
};

const member = {
  record_identity: "r-1",
  operation: "upsert",
  target: "VIP",
  key: { customer_id: "C-17" },
};

/** By the name of the mapping. */
export const SAMPLES: Readonly<Record<string, JsonObject>> = {
  custom_audiences: {
    ...member,
    identifiers: identifiers("email", "phone_e164", "mobile_advertising_id", "first_name"),
    payload: { tier: "gold" },
  },
  "custom_audiences.meta": {
    ...member,
    identifiers: ALL,
    payload: { ...LIMITED, DATA_PROCESSING_OPTIONS_STATE: 0, LOOKALIKE_VALUE: 3, tier: "gold" },
  },
  "custom_audiences.value": {
    ...member,
    identifiers: ALL,
    payload: { ...LIMITED, consent: 1, value: 3, lifetime_value: 4, tier: "gold" },
  },
  events: {
    ...AT,
    event_name: "Purchase",
    event_type: "purchase",
    identifiers: identifiers("email", "phone_e164", "external_id", "city"),
    payload: { ...SALE, ...WEB, custom_data: { value: 12 }, action_source: "app" },
  },
  "events.meta": { ...AT, event_name: "AddToCart", identifiers: ALL, payload: EVERY_FIELD },
  "events.web_purchase": {
    ...AT,
    event_name: "AddToCart",
    identifiers: ALL,
    payload: { ...SALE, ...WEB, referrer: "https://example.test", search_string: "cup" },
  },
  "events.lead_crm": {
    ...AT,
    event_name: "stage changed",
    identifiers: ALL,
    payload: { ...SALE, ...WEB, stage: "Won", lead_id: "123456789012345", crm: "ExampleCRM" },
  },
  "events.in_store": {
    ...AT,
    event_name: "AddToCart",
    identifiers: ALL,
    payload: { ...SALE, store_code: "SF01", store_page_id: 1, brand_page_id: 2, item_number: 3 },
  },
  "events.app": {
    ...AT,
    event_name: "AddToCart",
    identifiers: ALL,
    payload: {
      ...SALE,
      ...Object.fromEntries(
        Object.entries(objectFor(fieldsOf(app_data), "extinfo", "advertiser_tracking_enabled")),
      ),
      advertiser_tracking_enabled: false,
      install_id: "5F2A",
      client_ip_address: "192.0.2.1",
      platform: "android",
      os: "ios",
      bundle_id: "com.example.shop",
      app_version: "4.2",
      os_version: 15,
      device_model: "Phone",
      locale: "de_DE",
      screen_width: 1080,
      level: 3,
      success: true,
      description: "of an event",
    },
  },
};
