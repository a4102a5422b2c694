/** Meta's own client, as somebody else's program would use it, against the emulator. */
import {
  AdAccount,
  CustomAudience,
  CustomData,
  EventRequest,
  FacebookAdsApi,
  ServerEvent,
  UserData,
} from "facebook-nodejs-business-sdk";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  startEmulator,
  type RunningEmulator,
  type ServeOptions,
} from "../../src/emulator/index.js";
import { digest, NOW } from "./ask.js";

const TOKEN = "token-of-somebody-else";
const ADA = digest("ada@example.test");
const BOB = digest("bob@example.test");

let emulator: RunningEmulator;

/** One line leads the client here instead of to Meta; whatever else left the machine would fail. */
async function start(options: ServeOptions = {}): Promise<void> {
  emulator = await startEmulator({
    clock: () => NOW * 1000,
    tokens: [{ token: TOKEN }],
    ...options,
  });
  Object.defineProperty(FacebookAdsApi, "GRAPH", { get: () => emulator.url, configurable: true });
}

beforeEach(async () => {
  await start();
  FacebookAdsApi.init(TOKEN, "en_US", false);
});

afterEach(() => emulator.stop());

function purchase(id: string): ServerEvent {
  const person = new UserData().setEmail("Ada@Example.test").setClientUserAgent("Browser/1.0");
  return new ServerEvent()
    .setEventName("Purchase")
    .setEventTime(NOW)
    .setEventId(id)
    .setActionSource("website")
    .setUserData(person)
    .setCustomData(new CustomData().setValue(12.5).setCurrency("EUR"));
}

/** What a refused call tells its caller. */
async function refusalOf(call: Promise<unknown>): Promise<unknown> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error;
}

describe("facebook-nodejs-business-sdk sends events", () => {
  it("which the emulator holds as they were given, hashed by the client", async () => {
    const response = await new EventRequest(TOKEN, "456", [purchase("o-1")]).execute();
    expect(response).toMatchObject({ _events_received: 1, _messages: [] });
    expect(emulator.state().pixels[0]?.events).toEqual([
      {
        event_name: "Purchase",
        event_time: NOW,
        event_id: "o-1",
        action_source: "website",
        user_data: { em: [ADA], client_user_agent: "Browser/1.0" },
        custom_data: { value: 12.5, currency: "EUR" },
      },
    ]);
  });

  it("of which a repeat is received and dropped", async () => {
    const events = [purchase("o-1"), purchase("o-1")];
    await new EventRequest(TOKEN, "456", events).setTestEventCode("TEST1").execute();
    expect(emulator.state().pixels[0]).toMatchObject({
      counts: { requests: 1, received: 2, duplicates: 1, test: 2 },
      stored: 1,
    });
  });

  it("and is told which one spoils the request, of which nothing is kept", async () => {
    const old = purchase("o-2").setEventTime(NOW - 8 * 86_400);
    const call = new EventRequest(TOKEN, "456", [purchase("o-1"), old]).execute();
    expect(await refusalOf(call)).toMatchObject({
      name: "FacebookRequestError",
      status: 400,
      response: {
        code: 100,
        error_subcode: 2804003,
        error_data: { blame_field_specs: [["data", 1, "event_time"]] },
      },
    });
    expect(emulator.state().pixels).toEqual([]);
  });

  it("with a proof of the app's secret, and not without one where the app demands it", async () => {
    await emulator.stop();
    await start({ tokens: [{ token: TOKEN, appSecret: "secret" }] });
    const request = new EventRequest(TOKEN, "456", [purchase("o-1")]);
    expect(await refusalOf(request.execute())).toMatchObject({
      response: { code: 100, type: "GraphMethodException" },
    });
    await request.setAppSecret("secret").execute();
    expect(emulator.state().pixels[0]?.stored).toBe(1);
  });
});

describe("facebook-nodejs-business-sdk keeps audiences", () => {
  const BUYERS = {
    name: "Buyers",
    subtype: "CUSTOM",
    customer_file_source: "USER_PROVIDED_ONLY",
  };

  async function buyers(): Promise<CustomAudience> {
    return new AdAccount("act_1").createCustomAudience([], BUYERS);
  }

  function people(...digests: readonly string[]): Record<string, unknown> {
    return { payload: { schema: ["EMAIL"], data: digests.map((one) => [one]), is_raw: true } };
  }

  function held(): readonly string[] | undefined {
    return emulator.state().audiences[0]?.held.map(({ identifier }) => identifier);
  }

  it("creates one and reads it back", async () => {
    const { id } = await buyers();
    const audience = await new CustomAudience(id).get(["name", "operation_status", "account_id"]);
    expect(audience).toMatchObject({
      id,
      name: "Buyers",
      account_id: "1",
      operation_status: { code: 410 },
    });
  });

  it("adds people and removes them, with the removed in the query as this client has it", async () => {
    const audience = await buyers();
    expect(await audience.createUser([], people(ADA, BOB, "plain"))).toMatchObject({
      audience_id: audience.id,
      num_received: 3,
      num_invalid_entries: 1,
      invalid_entry_samples: { plain: "not a SHA-256 digest in lower-case hex" },
    });
    expect(await audience.deleteUsers(people(BOB))).toMatchObject({ num_received: 1 });
    expect(held()).toEqual([`EMAIL=${ADA}`]);
  });

  it("replaces everybody in a session of two batches", async () => {
    const audience = await buyers();
    await audience.createUser([], people(ADA));
    const batch = (batch_seq: number, digest: string): Promise<unknown> =>
      audience.createUsersReplace([], {
        ...people(digest),
        session: { session_id: 9, batch_seq, last_batch_flag: batch_seq === 2 },
      });
    await batch(1, BOB);
    expect(held()).toEqual([`EMAIL=${ADA}`]);
    await batch(2, digest("cy@example.test"));
    expect(held()).toEqual([`EMAIL=${BOB}`, `EMAIL=${digest("cy@example.test")}`].sort());
  });

  it("walks through the pages of an account by their links", async () => {
    for (const name of ["One", "Two", "Three"])
      await new AdAccount("act_1").createCustomAudience([], { ...BUYERS, name });
    const page = await new AdAccount("act_1").getCustomAudiences(["name"], { limit: 2 });
    expect([...page]).toMatchObject([{ name: "One" }, { name: "Two" }]);
    await page.next();
    expect([...page]).toMatchObject([{ name: "Three" }]);
    expect(page.hasNext()).toBe(false);
  });

  it("is refused with a token that has ended or may only read", async () => {
    await emulator.stop();
    await start({ tokens: [{ token: TOKEN, permissions: ["ads_read"], expiresAt: NOW + 1 }] });
    expect(await refusalOf(buyers())).toMatchObject({ response: { code: 200 } });
    await emulator.stop();
    await start({ tokens: [{ token: TOKEN, expiresAt: NOW }] });
    expect(await refusalOf(buyers())).toMatchObject({
      response: { code: 190, error_subcode: 463 },
    });
  });

  it("is refused where nobody has accepted the terms", async () => {
    await emulator.stop();
    await start({ accountsWithoutTerms: ["1"] });
    expect(await refusalOf(buyers())).toMatchObject({
      response: { code: 200, error_subcode: 1870034 },
    });
  });
});
