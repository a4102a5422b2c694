/** Holds answers of the emulator against the spec: its paths, statuses, schemas, headers and errors. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parse } from "yaml";
import {
  cleanJson,
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
} from "../../src/core/json.js";
import { GRAPH_SCHEMAS } from "../../src/generated/schemas.js";

/** One operation as the spec describes it. */
export interface Described {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  /** The answers that it documents, by status. */
  readonly responses: JsonObject;
}

const SPEC = read("../../spec/graph.openapi.yaml");
const ERRORS = read("../../spec/errors.yaml");

/** All operations of the spec. */
export const DESCRIBED: readonly Described[] = Object.entries(object(SPEC, "paths")).flatMap(
  ([path, item]) =>
    ["get", "post", "delete"].flatMap((method) => {
      const operation = object(item, method);
      const id = operation["operationId"];
      return typeof id === "string"
        ? [{ id, method: method.toUpperCase(), path, responses: object(operation, "responses") }]
        : [];
    }),
);

/** Every answer has these, and the spec names none of them. */
const OF_EVERY_ANSWER = [
  "content-type",
  "facebook-api-version",
  "x-fb-trace-id",
  "x-fb-request-id",
];

/** What of an answer the spec does not document; nothing when the two agree. */
export async function undocumented(
  request: Request,
  response: Response,
): Promise<readonly string[]> {
  const path = new URL(request.url).pathname.replace(/^\/v\d+\.\d+/, "");
  const operation = DESCRIBED.find(
    (one) => one.method === request.method && patternOf(one.path).test(path),
  );
  const documented = operation === undefined ? REFUSED : answerFor(operation, response.status);
  const read = cleanJson(await response.clone().json());
  const body = read.ok ? read.value : null;
  return [
    ...(Object.keys(documented).length === 0 ? [`status ${response.status}`] : []),
    ...violations(schemaOf(documented), body),
    ...undocumentedHeaders(object(documented, "headers"), response.headers),
    ...undocumentedError(body),
  ];
}

/** The names of the headers that an answer documents, in lower case. */
export function documentedHeaders({ responses }: Described, status: string): readonly string[] {
  return Object.keys(object(follow(responses[status]), "headers")).map((name) =>
    name.toLowerCase(),
  );
}

const REFUSED = object(SPEC, "components", "responses", "Refused");

function answerFor({ responses }: Described, status: number): JsonObject {
  const range = `${String(status).slice(0, 1)}XX`;
  return follow(responses[String(status)] ?? responses[range] ?? responses["default"]);
}

function undocumentedHeaders(documented: JsonObject, headers: Headers): readonly string[] {
  const known = new Map(
    Object.entries(documented).map(([name, header]) => [name.toLowerCase(), follow(header)]),
  );
  return [...headers].flatMap(([name, value]) => {
    if (OF_EVERY_ANSWER.includes(name)) return [];
    const header = known.get(name);
    if (header === undefined) return [`header ${name}`];
    const schema = schemaOf(header);
    return schema === undefined ? [] : violations(schema, clean(JSON.parse(value)));
  });
}

/** An error that a client cannot look up in the spec is none that it can act upon. */
function undocumentedError(body: Json): readonly string[] {
  const error = object(body, "error");
  if (Object.keys(error).length === 0) return [];
  const rules = ERRORS["errors"];
  const known = isJsonArray(rules) ? rules : [];
  const subcode = error["error_subcode"];
  const documented = known.some(
    (rule) => isJsonObject(rule) && rule["code"] === error["code"] && rule["subcode"] === subcode,
  );
  const inRange = known.some(
    (rule) =>
      isJsonObject(rule) &&
      subcode === undefined &&
      Number(rule["from"]) <= Number(error["code"]) &&
      Number(error["code"]) <= Number(rule["to"]),
  );
  return documented || inRange ? [] : [`error ${JSON.stringify([error["code"], subcode])}`];
}

/** The schema of what is in JSON; nothing for a plain text. */
function schemaOf(described: JsonObject): string | undefined {
  const ref = object(described, "content", "application/json", "schema")["$ref"];
  return typeof ref === "string" ? ref.replace("#/components/schemas/", "") : undefined;
}

const closed = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
closed.addSchema(withoutExtras(GRAPH_SCHEMAS));

function violations(schema: string | undefined, value: Json): readonly string[] {
  if (schema === undefined) return ["no schema"];
  const validate = closed.getSchema(`graph#/$defs/${schema}`);
  if (validate === undefined) return [`no schema ${schema}`];
  if (validate(value) === true) return [];
  return (validate.errors ?? []).map(
    (error) =>
      `${schema}${error.instancePath} ${error.message ?? ""} ${JSON.stringify(error.params)}`,
  );
}

/** Answers may grow at Meta, so their schemas are open; those of the emulator name what is documented. */
function withoutExtras(schema: JsonObject): JsonObject {
  const inner = Object.entries(schema).map(([name, value]): [string, Json] => [
    name,
    deeper(value),
  ]);
  const extras =
    isJsonObject(schema["properties"]) &&
    schema["type"] === "object" &&
    schema["additionalProperties"] === undefined
      ? { additionalProperties: false }
      : {};
  return { ...Object.fromEntries(inner), ...extras };
}

function deeper(value: Json): Json {
  if (isJsonArray(value)) return value.map(deeper);
  return isJsonObject(value) ? withoutExtras(value) : value;
}

function patternOf(template: string): RegExp {
  return new RegExp(`^${template.replaceAll(/\{\w+\}/g, "\\d+")}/?$`);
}

/** The component that a reference names. */
function follow(node: Json | undefined): JsonObject {
  const ref = object(node ?? null)["$ref"];
  return typeof ref === "string" ? object(SPEC, ...ref.slice(2).split("/")) : object(node ?? null);
}

function object(node: Json | undefined, ...names: readonly string[]): JsonObject {
  const found = names.reduce<Json | undefined>(
    (one, name) => (isJsonObject(one) ? one[name] : undefined),
    node,
  );
  return isJsonObject(found) ? found : {};
}

function read(file: string): JsonObject {
  return object(clean(parse(readFileSync(fileURLToPath(new URL(file, import.meta.url)), "utf8"))));
}

function clean(value: unknown): Json {
  const cleaned = cleanJson(value);
  return cleaned.ok ? cleaned.value : null;
}
