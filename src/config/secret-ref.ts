/** A secret that is named now and resolved when it is needed. */
import type { Diagnostic, Place } from "../core/diagnostic.js";
import { REDACTED } from "../core/redact.js";
import { fail, ok, type Result } from "../core/result.js";
import type { ConfigSources } from "./config-sources.js";
import { environmentName, findInNamespace, tomlName } from "./namespace.js";

/** Where a secret comes from. */
export type SecretOrigin =
  | { readonly kind: "none" }
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "namespace"; readonly namespace: string }
  | { readonly kind: "function"; readonly read: () => string };

/**
 * A reference to the access token. Making one reads nothing; `resolve` reads it anew each time, so
 * a token that a function renews stays fresh. However it is printed, it prints as `[redacted]`.
 */
export class SecretRef {
  readonly #origin: SecretOrigin;
  readonly #sources: ConfigSources;
  readonly #live = new Set<string>();

  constructor(origin: SecretOrigin, sources: ConfigSources) {
    this.#origin = origin;
    this.#sources = sources;
  }

  /** Where the token is looked for, for messages; never the token. */
  get description(): string {
    const origin = this.#origin;
    switch (origin.kind) {
      case "none":
        return "nowhere";
      case "variable":
        return `the variable \`${origin.name}\``;
      case "namespace":
        return `the variable \`${environmentName(origin.namespace, KEY)}\` or ${tomlName(origin.namespace, KEY, this.#sources)}`;
      case "function":
        return "the function `credentials.accessToken`";
    }
  }

  /** The token, trimmed; call it only when a request is about to be sent. */
  resolve(): Result<string, Diagnostic> {
    const value = this.#read();
    if (value === FAILED)
      return this.#refuse("secret_function", `${this.description} failed`, FUNCTION_REMEDY);
    if (value === undefined)
      return this.#refuse(
        "missing_token",
        this.#origin.kind === "none"
          ? "no access token is configured"
          : `there is no access token in ${this.description}`,
        REMEDIES[this.#origin.kind],
      );
    const token = typeof value === "string" ? value.trim() : "";
    // Meta would answer the rest with riddles, and an HTTP header refuses it by quoting it.
    if (!/^[\x21-\x7e]+$/.test(token))
      return this.#refuse(
        "invalid_token",
        `what is in ${this.description} cannot be an access token`,
        "A token is one word of printable ASCII; look for quotes, line ends and blanks inside it.",
      );
    this.#live.add(token);
    return ok(token);
  }

  /** Every value that was resolved so far; what redaction has to know. */
  liveSecrets(): readonly string[] {
    return [...this.#live];
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return REDACTED;
  }

  /** Blank text counts as no value. */
  #read(): unknown {
    const origin = this.#origin;
    switch (origin.kind) {
      case "none":
        return undefined;
      case "variable":
        return presentText(this.#sources.env[origin.name]);
      case "namespace":
        return presentText(findInNamespace(origin.namespace, KEY, this.#sources)?.value);
      case "function":
        return callSafely(origin.read);
    }
  }

  #refuse(code: string, message: string, remedy: string): Result<string, Diagnostic> {
    const place: Place = { kind: "value", source: "credentials", path: KEY };
    return fail({ code: `config.${code}`, severity: "error", message, remedy, place });
  }
}

const KEY = "access_token";
const FAILED = Symbol("failed");
const FUNCTION_REMEDY = "Make it return the token as text, at once, without throwing.";
const REMEDIES: Readonly<Record<SecretOrigin["kind"], string>> = {
  none: "Set `credential_namespace`, or a reference like `env:NAME` in `credentials`.",
  variable: "Set it, in the environment or in the file of `--env-file`.",
  namespace:
    "Set one of them, in the environment, in the file of `--env-file` or in the TOML file.",
  function: FUNCTION_REMEDY,
};

function presentText(value: unknown): unknown {
  return typeof value === "string" && value.trim() === "" ? undefined : value;
}

/** What the function throws may quote the secret, so it is dropped. */
function callSafely(read: () => unknown): unknown {
  try {
    return presentText(read());
  } catch {
    return FAILED;
  }
}
