import type { Json } from "../src/core/json.js";
import { operations } from "./operations.js";
import { componentSchema } from "./schema-node.js";
import { server } from "./server.js";
import type { Sources } from "./sources.js";
import type { SpecNode } from "./spec-node.js";

/** `src/generated/constants.ts`: the numbers and names that Meta decides. */
export function constantsFile({ graph }: Sources): string {
  const { origin, version, versionEnds, hourlyCalls } = server(graph);
  const actionSource = componentSchema(graph, "ActionSource");
  const fileSource = componentSchema(graph, "CustomerFileSource");
  return [
    constant("Where the Graph API is.", "ORIGIN", origin),
    constant(VERSION_COMMENT, "API_VERSION", version),
    constant(
      "The last day of each version, per schedule; null where Meta has named none.",
      "VERSION_ENDS",
      versionEnds.object(),
    ),
    constant(
      "Calls an hour that an ad account has for its audiences, by access tier: a base, and some more for each.",
      "HOURLY_CALLS",
      numbersByName(hourlyCalls),
    ),
    constant(
      "The most events of one request.",
      "MAX_EVENTS_PER_REQUEST",
      maxItems(graph, "EventsRequest"),
    ),
    constant(
      "The most rows of one request.",
      "MAX_ROWS_PER_REQUEST",
      maxItems(graph, "UsersPayload"),
    ),
    constant("Where an event can take place.", "ACTION_SOURCES", words(actionSource.own)),
    union("One of {@link ACTION_SOURCES}.", "ActionSource", "ACTION_SOURCES"),
    constant("Who can have collected the data.", "CUSTOMER_FILE_SOURCES", words(fileSource.own)),
    union("One of {@link CUSTOMER_FILE_SOURCES}.", "CustomerFileSource", "CUSTOMER_FILE_SOURCES"),
    ...eventRules(graph),
    ...audienceRules(graph),
    ...states(graph),
    constant("Every call, by its id in the spec.", "OPERATIONS", operations(graph)),
  ].join("\n");
}

/** It is part of the library, whose values have examples. */
const VERSION_COMMENT = `
 * The version of the Graph API that requests are made in.
 *
 * @see https://developers.facebook.com/docs/graph-api/guides/versioning
 * @example
 * const answer = await fetch(\`\${emulator.url}/\${API_VERSION}/me/permissions?access_token=any\`);
 * console.log(answer.status); // => 200
\u0020`;

/** What Meta decides about events beyond the shape of their fields. */
function eventRules(graph: SpecNode): readonly string[] {
  const actionSource = componentSchema(graph, "ActionSource").own;
  return [
    constant(
      "Seconds that an event may be old when it arrives, by action source.",
      "MAX_EVENT_AGE_SECONDS",
      seconds(actionSource.at("x-max-age")),
    ),
    constant(
      "Seconds during which Meta drops a repeated event, by action source.",
      "DEDUP_SECONDS",
      seconds(actionSource.at("x-dedup")),
    ),
    constant(
      "Action sources whose repeats Meta finds without an `event_id`.",
      "DEDUP_WITHOUT_ID",
      actionSource.at("x-dedup-without-id").texts(),
    ),
    constant(
      "By action source, the fields that Meta asks for and yet takes an event without.",
      "ASKED_FIELDS",
      textLists(actionSource.at("x-asks-for")),
    ),
    constant(
      "Keys of `user_data` that find nobody: Meta refuses an event with none beyond one of the sets.",
      "TOO_WEAK_USER_DATA",
      tooWeak(componentSchema(graph, "UserData").own.at("x-too-weak")),
    ),
    constant(
      "By event name, what `custom_data` must hold, with Meta's subcode for an event without it.",
      "REQUIRED_CUSTOM_DATA",
      numbersByName(componentSchema(graph, "CustomData").own.at("x-required-for")),
    ),
  ];
}

/** What Meta decides about the states of audiences. */
function audienceRules(graph: SpecNode): readonly string[] {
  return [
    constant(
      "By code of `operation_status`, the error with which uploads are refused in that state.",
      "REFUSED_AS",
      numbersByName(operationStatus(graph).at("x-refused-as")),
    ),
    constant(
      "The codes of `operation_status` in which a replace may begin.",
      "REPLACEABLE",
      codes(operationStatus(graph).at("x-replaceable")),
    ),
    constant(
      "How long a replace takes requests after its first one, in seconds.",
      "REPLACE_SESSION_SECONDS",
      replaceSession(graph),
    ),
  ];
}

/** What the codes of states mean, and which of them a person should look at. */
function states(graph: SpecNode): readonly string[] {
  const audience = componentSchema(graph, "CustomAudience").own.at("properties");
  const account = componentSchema(graph, "AdAccount").own.at("properties").at("account_status");
  return [
    constant(
      "What the codes of `operation_status` mean.",
      "OPERATION_STATUSES",
      names(operationStatus(graph)),
    ),
    constant(
      "The codes of `operation_status` that a person should look at, though uploads may be taken.",
      "TROUBLED_STATUSES",
      codes(operationStatus(graph).at("x-trouble")),
    ),
    constant(
      "What the codes of `delivery_status` mean, and those that follow up to the next one.",
      "DELIVERY_STATUSES",
      names(audience.at("delivery_status")),
    ),
    constant("What the codes of `account_status` mean.", "ACCOUNT_STATUSES", names(account)),
    constant(
      "The codes of `account_status` in which an ad account works.",
      "WORKING_ACCOUNTS",
      codes(account.at("x-in-order")),
    ),
  ];
}

function names(status: SpecNode): Json {
  const meanings = status.at("x-codes").entries();
  return Object.fromEntries(meanings.map(([code, meaning]) => [code, meaning.text()]));
}

function codes(list: SpecNode): readonly number[] {
  return list.items().map((code) => code.number());
}

function constant(sentence: string, name: string, value: Json): string {
  const literal = JSON.stringify(value);
  const frozen = typeof value === "object" ? " as const" : "";
  return `/** ${sentence} */\nexport const ${name} = ${literal}${frozen};\n`;
}

function union(sentence: string, name: string, list: string): string {
  return `/** ${sentence} */\nexport type ${name} = (typeof ${list})[number];\n`;
}

function maxItems(document: SpecNode, component: string): number {
  const data = componentSchema(document, component).own.at("properties").at("data");
  return data.at("maxItems").number();
}

function words(schema: SpecNode): readonly string[] {
  const list = schema.at("enum");
  return list.exists ? list.texts() : schema.fail("the generator needs its `enum`");
}

function tooWeak(node: SpecNode): Json {
  const sets = node.at("sets").items();
  return { subcode: node.at("subcode").number(), sets: sets.map((set) => set.texts()) };
}

function operationStatus(document: SpecNode): SpecNode {
  const audience = componentSchema(document, "CustomAudience").own;
  return audience.at("properties").at("operation_status");
}

function replaceSession(document: SpecNode): number {
  const path = document.at("paths").at("/{custom_audience_id}/usersreplace");
  return path.at("post").at("x-session-seconds").number();
}

function numbersByName(node: SpecNode): Json {
  node.object();
  return Object.fromEntries(node.entries().map(([name, values]) => [name, numbers(values)]));
}

function textLists(node: SpecNode): Json {
  return Object.fromEntries(node.entries().map(([name, list]) => [name, list.texts()]));
}

function seconds(node: SpecNode): Json {
  node.at("default").number();
  return numbers(node);
}

function numbers(node: SpecNode): Json {
  return Object.fromEntries(node.entries().map(([name, value]) => [name, value.number()]));
}
