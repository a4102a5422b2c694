import { isJsonObject, parseJson, describeJsonFault, type Json } from "../../core/json.js";
import { fail, ok, type Result } from "../../core/result.js";
import { invalidParameter, type Refusal } from "../answers/refusal.js";

/** What a request carries: in its path, its headers, its query and its body. */
export interface Sent {
  readonly method: string;
  readonly url: URL;
  /** `access_token`, wherever it stood. */
  readonly token: string | undefined;
  /** `appsecret_proof`, wherever it stood. */
  readonly proof: string | undefined;
  /** The parameters of the body, without those above; why they could not be read. */
  readonly body: Result<Body, Refusal>;
}

/** The parameters of a body by name; of a form they are texts, and JSON where Meta's are no text. */
export interface Body {
  readonly encoding: "json" | "form" | "none";
  readonly parameters: ReadonlyMap<string, Json>;
}

const NOTHING: Body = { encoding: "none", parameters: new Map() };

/**
 * Parameters that every call may carry beside its own. Two of them say who calls, `method` stands in
 * for the verb of HTTP, and the others change nothing here; `id` comes from Meta's own clients, which
 * repeat the id of the path.
 */
const OF_EVERY_CALL = [
  "access_token",
  "appsecret_proof",
  "method",
  "id",
  "fields",
  "format",
  "locale",
  "pretty",
  "debug",
];

const BEARER = /^Bearer\s+(\S+)\s*$/i;

/**
 * Reads a request in any of the encodings that Graph takes: parameters in the query, a JSON body, a
 * form, a form in parts.
 */
export async function readSent(request: Request): Promise<Sent> {
  const url = new URL(request.url);
  const body = await readBody(request);
  const all = body.ok ? body.value.parameters : NOTHING.parameters;
  const text = (name: string): string | undefined => {
    const value = url.searchParams.get(name) ?? all.get(name);
    return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
  };
  return {
    method:
      (request.method === "POST" ? text("method") : undefined)?.toUpperCase() ?? request.method,
    url,
    token: BEARER.exec(request.headers.get("authorization") ?? "")?.[1] ?? text("access_token"),
    proof: text("appsecret_proof"),
    body: body.ok ? ok(withoutCommon(body.value)) : body,
  };
}

/** A parameter that is `null` is one that was not given. */
function withoutCommon({ encoding, parameters }: Body): Body {
  const own = [...parameters].filter(
    ([name, value]) => value !== null && !OF_EVERY_CALL.includes(name),
  );
  return { encoding, parameters: new Map(own) };
}

async function readBody(request: Request): Promise<Result<Body, Refusal>> {
  if (request.body === null) return ok(NOTHING);
  const type = request.headers.get("content-type") ?? "";
  return /^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type)
    ? readForm(request)
    : readJson(await request.text());
}

/** Of a request no more than this; that it holds the parts in memory does not matter on one's own machine. */
interface FormReader {
  formData(): Promise<FormData>;
}

async function readForm(request: FormReader): Promise<Result<Body, Refusal>> {
  const form = await request.formData().catch(() => undefined);
  if (form === undefined) return fail(invalidParameter("The body is no form", []));
  const parameters = new Map<string, Json>();
  form.forEach((value, name) => {
    if (typeof value === "string") parameters.set(name, value);
  });
  return ok({ encoding: "form", parameters });
}

function readJson(text: string): Result<Body, Refusal> {
  if (text.trim() === "") return ok(NOTHING);
  const parsed = parseJson(text);
  if (!parsed.ok) {
    const { path } = parsed.error;
    return fail(invalidParameter(`The body ${describeJsonFault(parsed.error)}`, path, ADVICE));
  }
  return isJsonObject(parsed.value)
    ? ok({ encoding: "json", parameters: new Map(Object.entries(parsed.value)) })
    : fail(invalidParameter("The body must be an object", [], ADVICE));
}

const ADVICE = { advice: "Send a JSON object with `Content-Type: application/json`, or a form." };
