import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EmulatorOptions } from "../../src/emulator/options.js";
import type { HANDLERS } from "../../src/emulator/requests/handlers.js";
import { API_VERSION, ORIGIN } from "../../src/generated/constants.js";
import { DESCRIBED, documentedHeaders, undocumented, type Described } from "./agreement.js";
import { digest, emulatorAt, NOW } from "./ask.js";

const A = digest("a@example.test");
const USERS = { payload: { schema: ["EMAIL"], data: [[A], ["plain"]] } };
const EVENT = {
  event_name: "Lead",
  event_time: NOW,
  action_source: "email",
  user_data: { em: [A] },
};
const AUDIENCE = { name: "New", subtype: "CUSTOM", customer_file_source: "USER_PROVIDED_ONLY" };

type Asked = readonly [path: string, body?: object];

const GOOD: Readonly<Record<keyof typeof HANDLERS, Asked>> = {
  listCustomAudiences: ["/act_1/customaudiences?fields=id,name,operation_status&limit=1"],
  createCustomAudience: ["/act_1/customaudiences", AUDIENCE],
  readAdAccount: ["/act_1?fields=name,account_status,tos_accepted"],
  readObject: ["/7?fields=delivery_status,time_created,approximate_count_lower_bound"],
  addUsers: ["/7/users", USERS],
  removeUsers: ["/7/users", USERS],
  replaceUsers: ["/7/usersreplace", { ...USERS, session: { session_id: 8, batch_seq: 1 } }],
  sendEvents: ["/456/events", { data: [EVENT] }],
  debugToken: ["/debug_token?input_token=emulator"],
  listPermissions: ["/me/permissions"],
};

const BAD: Readonly<Record<keyof typeof HANDLERS, Asked>> = {
  listCustomAudiences: ["/act_1/customaudiences?fields=shoe_size"],
  createCustomAudience: ["/act_1/customaudiences", { ...AUDIENCE, subtype: "GUESS" }],
  readAdAccount: ["/act_1?fields=operation_status"],
  readObject: ["/9"],
  addUsers: ["/7/users", { payload: {} }],
  removeUsers: ["/9/users", USERS],
  replaceUsers: ["/7/usersreplace", { ...USERS, session: { session_id: 8, batch_seq: 2 } }],
  sendEvents: ["/456/events", { data: [{ ...EVENT, event_time: 1 }] }],
  debugToken: ["/debug_token"],
  listPermissions: ["/me/permissions?limit=many"],
};

/** How each documented answer comes about. */
const PRODUCED: Readonly<
  Record<
    string,
    { readonly asked: Readonly<Record<string, Asked>>; readonly options?: Partial<EmulatorOptions> }
  >
> = {
  "200": { asked: GOOD },
  "4XX": { asked: BAD },
  default: { asked: GOOD, options: { faults: { "5xx": 1 } } },
};

const seeds = [
  { id: "7", adAccountId: "1", name: "One", operationStatus: 200 },
  { id: "8", adAccountId: "1", name: "Two" },
];

/** Sends a request and gives the answer with what of it the spec does not document. */
async function answer(
  method: string,
  [path, body]: Asked,
  options: Partial<EmulatorOptions> = {},
): Promise<{ readonly response: Response; readonly strange: readonly string[] }> {
  const { emulator } = emulatorAt({ audiences: seeds, ...options });
  const request = new Request(`${ORIGIN}/${API_VERSION}${path}`, {
    method,
    headers: { authorization: "Bearer emulator", "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const response = await emulator.handle(request);
  return { response, strange: await undocumented(request, response) };
}

const DOCUMENTED = DESCRIBED.flatMap((operation) =>
  Object.keys(operation.responses).map((status): [string, string, Described] => [
    operation.id,
    status,
    operation,
  ]),
);

describe("the emulator and the spec agree", () => {
  it("on which operations there are", () => {
    expect(DESCRIBED.map(({ id }) => id).sort()).toEqual(Object.keys(GOOD).sort());
  });

  it.each(DOCUMENTED)("on %s, answered by %s", async (id, status, { method }) => {
    const { asked, options } = PRODUCED[status] ?? { asked: {} };
    const { response, strange } = await answer(method, asked[id] ?? [""], options);
    expect(String(response.status)).toMatch(
      status === "default" ? /^5\d\d$/ : new RegExp(status.replace("XX", "\\d\\d")),
    );
    expect(strange).toEqual([]);
  });

  it.each(DESCRIBED)("on the usage headers of $id", async (operation) => {
    const { id, method } = operation;
    const { response } = await answer(method, new Map(Object.entries<Asked>(GOOD)).get(id) ?? [""]);
    const documented = documentedHeaders(operation, "200").filter((name) =>
      name.endsWith("-usage"),
    );
    // Meta documents no limit of a pixel's ad account, so that calls with events use up the app's only.
    const expected = id === "sendEvents" ? ["x-app-usage"] : documented;
    expect([...response.headers.keys()].filter((name) => name.endsWith("-usage"))).toEqual(
      [...expected].sort(),
    );
  });

  it("on the answer to whatever is asked", async () => {
    const path = fc.oneof(
      fc.constantFrom(...Object.values(GOOD), ...Object.values(BAD)).map(([one]) => one),
      fc.webPath(),
    );
    const body = fc.oneof(
      fc.constantFrom(...Object.values(GOOD), ...Object.values(BAD)).map(([, one]) => one),
      fc.dictionary(fc.constantFrom("data", "payload", "session", "name"), fc.jsonValue()),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom("GET", "POST", "DELETE"), path, body, async (...asked) => {
        const [method, at, sent] = asked;
        const { strange } = await answer(method, method === "GET" ? [at] : [at, sent ?? {}]);
        expect(strange).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
