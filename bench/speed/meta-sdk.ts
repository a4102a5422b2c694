/** How Meta's own library makes the body of the same events. Nothing is sent. */
import {
  Content,
  CustomData,
  EventRequest,
  HttpServiceInterface,
  ServerEvent,
  UserData,
} from "facebook-nodejs-business-sdk";
import type { IncomingRecord } from "../../src/sync/record-input.js";
import { recordsOf } from "./ours.js";
import { isEventRecord, OCCURRED_AT, type EventRecord } from "./records.js";

/** As many as we put into one request. */
const EVENTS_PER_REQUEST = 1_000;

/** Makes the requests of events; gives the bytes of all bodies. */
export async function sdkBytes(records: readonly EventRecord[]): Promise<number> {
  let bytes = 0;
  for (let start = 0; start < records.length; start += EVENTS_PER_REQUEST)
    bytes += await requestBytes(records.slice(start, start + EVENTS_PER_REQUEST));
  return bytes;
}

/** The same of an NDJSON file, read by the product's own reader. */
export async function sdkFileBytes(file: string): Promise<number> {
  let bytes = 0;
  for await (const records of recordsOf(file)) bytes += await sdkBytes(records.map(eventIn));
  return bytes;
}

function eventIn({ value }: IncomingRecord): EventRecord {
  if (!value.ok || !isEventRecord(value.value)) throw new Error("a line is no event");
  return value.value;
}

async function requestBytes(records: readonly EventRecord[]): Promise<number> {
  const request = new EventRequest("token", "2", records.map(serverEvent));
  const kept = new KeptBody();
  request.setHttpService(kept);
  await request.execute();
  return kept.bytes;
}

/** Stands in the place of the network. */
class KeptBody extends HttpServiceInterface {
  bytes = 0;

  override executeRequest(
    _url: string,
    _method: string,
    _headers: Record<string, unknown>,
    params: Record<string, unknown>,
  ): Promise<Record<string, unknown>> {
    this.bytes = Buffer.from(JSON.stringify(params), "utf8").length;
    return Promise.resolve({});
  }
}

function serverEvent({ event_name, key, identifiers, payload }: EventRecord): ServerEvent {
  const [email, phone, id] = identifiers.map(({ value }) => value);
  const person = new UserData()
    .setEmail(email ?? "")
    .setPhone(phone ?? "")
    .setExternalId(id ?? "")
    .setClientIpAddress(payload.client_ip_address)
    .setClientUserAgent(payload.client_user_agent)
    .setFbp(payload.fbp);
  const custom = new CustomData()
    .setValue(payload.value)
    .setCurrency(payload.currency)
    .setOrderId(payload.order_id)
    .setContentType(payload.content_type)
    .setContentIds([...payload.content_ids])
    .setContents(
      payload.contents.map(({ id: sku, quantity, item_price }) =>
        new Content().setId(sku).setQuantity(quantity).setItemPrice(item_price),
      ),
    )
    .setNumItems(payload.num_items);
  return new ServerEvent()
    .setEventName(event_name)
    .setEventTime(OCCURRED_AT)
    .setEventId(key.event_id)
    .setEventSourceUrl(payload.event_source_url)
    .setActionSource("website")
    .setUserData(person)
    .setCustomData(custom);
}
