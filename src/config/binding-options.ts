/** A binding given in code. */
import { cleanJson, describeJsonFault } from "../core/json.js";
import type { Transport } from "../core/ports.js";
import { nodeOf, type DataNode, type MapEntry } from "../core/yaml.js";
import type { ActionSource, CustomerFileSource } from "../generated/constants.js";
import type { PersonalDataPolicy } from "../surfaces/personal-data.js";
import type { Binding } from "./binding.js";
import type { BindingDeclaration } from "./binding-declaration.js";
import { Field, valueOrigin } from "./field.js";
import { Problems } from "./problems.js";

/** The keys of `config`, as code writes them. */
export interface ConfigOptions {
  /** With or without `act_`; required, here or in the namespace. */
  readonly adAccountId?: string | number | undefined;
  /** The version of the spec when missing. */
  readonly apiVersion?: string | undefined;
  /** `USER_PROVIDED_ONLY` when missing. */
  readonly customAudienceCustomerFileSource?: CustomerFileSource | undefined;
  /** Required for events. */
  readonly actionSource?: ActionSource | undefined;
  /** For events this or a route is required. */
  readonly pixelId?: string | number | undefined;
  /** Event name to pixel id. */
  readonly eventRoutes?: Readonly<Record<string, string | number>> | undefined;
  /** Marks events as tests, in Meta's Events Manager. */
  readonly testEventCode?: string | undefined;
}

/** The keys of a binding, as code writes them. */
export interface BindingOptions {
  /** `meta` when missing. */
  readonly bindingName?: string | undefined;
  /** A shipped mapping's name, or a path. */
  readonly mapping?: string | undefined;
  readonly config?: ConfigOptions | undefined;
  /** Gives what `config` lacks of the ad account, the API version and the customer file source. */
  readonly configNamespace?: string | undefined;
  /** Where the access token is looked for. */
  readonly credentialNamespace?: string | undefined;
  /** `env:NAME`, or a function that gives the token; never the token itself. */
  readonly credentials?: { readonly accessToken?: string | (() => string) | undefined } | undefined;
  /** Logical target to audience id. */
  readonly targets?: Readonly<Record<string, string | number>> | undefined;
  /** `continue_on_any` when missing. */
  readonly onFailure?: Binding["onFailure"] | undefined;
  /** `warn` when missing. */
  readonly onPersonalData?: PersonalDataPolicy | undefined;
  /** Requests under way at once, 4 when missing, at most 16. */
  readonly concurrency?: number | undefined;
  /** Bytes of a request body; Meta's own limits when missing. */
  readonly maxBodyBytes?: number | undefined;
  /** A `fetch`-compatible function; the real one when missing. */
  readonly transport?: Transport | undefined;
}

/**
 * Takes a binding from code. What is wrong with it comes with `resolveBinding`.
 *
 * @param directory absolute; a relative path of a mapping starts here
 */
export function declareBinding(options: BindingOptions, directory: string): BindingDeclaration {
  const { transport, credentials, ...values } = options;
  const problems = new Problems();
  const secret: unknown = credentials?.accessToken;
  const accessToken = isSecretFunction(secret) ? secret : undefined;
  const plain =
    accessToken === undefined ? credentials : { ...credentials, accessToken: undefined };
  const entries = entriesOf({ ...values, credentials: plain }, problems);
  return {
    field: new Field({ kind: "map", entries, span: undefined }, "", OPTIONS),
    directory,
    defaultName: "meta",
    code: {
      transport,
      accessToken,
      diagnostics: problems.diagnostics,
    },
  };
}

const OPTIONS = valueOrigin("the options", "camelCase");

function isSecretFunction(value: unknown): value is () => string {
  return typeof value === "function";
}

function entriesOf(values: object, problems: Problems): readonly MapEntry[] {
  return Object.entries(values).flatMap(([key, value]: [string, unknown]) => {
    const node = value === undefined ? undefined : cleanNode(key, value, problems);
    return node === undefined ? [] : [{ key, keySpan: undefined, value: node }];
  });
}

/** Values that are no JSON are told by themselves: what they leave behind would look incomplete. */
function cleanNode(key: string, value: unknown, problems: Problems): DataNode | undefined {
  const cleaned = cleanJson(value);
  if (cleaned.ok) return nodeOf(cleaned.value);
  const path = [key, ...cleaned.error.path].join(".");
  const place = OPTIONS.place(path, undefined);
  const message = `\`${path}\` ${describeJsonFault(cleaned.error)}`;
  return problems.report(
    "wrong_type",
    place,
    message,
    "Give plain values: text, numbers, lists, objects.",
  );
}
