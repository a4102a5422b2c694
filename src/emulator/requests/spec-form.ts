import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../../core/json.js";
import { EVENT, type Field } from "../../generated/fields.js";

/**
 * Puts a body into the one form that the spec has, where Meta documents a second one: a single value
 * for a list of one, an id as a number, one column as a text with a flat list of cells.
 *
 * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/customer-information-parameters
 * @see https://developers.facebook.com/documentation/ads-commerce/marketing-api/reference/custom-audience/users
 */
export function inSpecForm(schema: string, body: JsonObject): JsonObject {
  return FORMS.get(schema)?.(body) ?? body;
}

const FORMS: ReadonlyMap<string, (body: JsonObject) => JsonObject> = new Map([
  ["EventsRequest", events],
  ["UsersRequest", users],
  ["UsersReplaceRequest", users],
]);

function events(body: JsonObject): JsonObject {
  const data = body["data"];
  if (!isJsonArray(data)) return body;
  return { ...body, data: data.map((event) => (isJsonObject(event) ? oneEvent(event) : event)) };
}

const USER_DATA = EVENT.fields["user_data"];

function oneEvent(event: JsonObject): JsonObject {
  const given = event["user_data"];
  if (!isJsonObject(given) || USER_DATA?.kind !== "object") return event;
  const user = Object.entries(given).map(([name, value]): [string, Json] => {
    const field = Object.hasOwn(USER_DATA.fields, name) ? USER_DATA.fields[name] : undefined;
    return [name, oneIdentifier(field, value)];
  });
  return { ...event, user_data: Object.fromEntries(user) };
}

function oneIdentifier(field: Field | undefined, value: Json): Json {
  if (field?.kind === "array" && typeof value === "string") return [value];
  return field?.kind === "string" && typeof value === "number" ? String(value) : value;
}

function users(body: JsonObject): JsonObject {
  const payload = body["payload"];
  if (!isJsonObject(payload) || typeof payload["schema"] !== "string") return body;
  const data = payload["data"];
  const rows = isJsonArray(data) ? data.map((row) => (isJsonArray(row) ? row : [row])) : data;
  return {
    ...body,
    payload: {
      ...payload,
      schema: [payload["schema"]],
      ...(rows === undefined ? {} : { data: rows }),
    },
  };
}
