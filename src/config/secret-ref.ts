/** A secret that is named now and resolved when it is needed. */
import type { NameIn } from "../core/catalogue/catalogue.js";
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

/** What a secret is for: what is said of it, and what it must look like. */
export interface SecretKind {
  /** Its key in a namespace. */
  readonly key: string;
  /** With its article, as the end of a sentence. */
  readonly name: `${"a" | "an"} ${string}`;
  readonly codes: { readonly missing: NameIn<"config">; readonly invalid: NameIn<"config"> };
  readonly form: RegExp;
  /** What to look at when it has another form. */
  readonly advice: string;
  /** Where problems with it stand. */
  readonly place: Place;
}

/** The access token of Meta. */
const ACCESS_TOKEN: SecretKind = {
  key: "access_token",
  name: "an access token",
  codes: { missing: "missing_token", invalid: "invalid_token" },
  // Meta would answer the rest with riddles, and an HTTP header refuses it by quoting it.
  form: /^[^"'`\x00-\x20\x7f-\uffff]+$/,
  advice:
    "A token is one word of printable ASCII; look for quotes, line ends and blanks inside it.",
  place: { kind: "value", source: "credentials", path: "access_token" },
};

/**
 * A reference to a secret, the access token unless another kind is said. Making one reads nothing;
 * `resolve` reads it anew each time, so a token that a function renews stays fresh. However it is printed,
 * it prints as `[redacted]`. A destination makes it of its `credentials`.
 *
 * @example
 * const { accessToken } = meta.binding.credentials;
 * console.log(accessToken instanceof SecretRef, String(accessToken)); // => true, "[redacted]"
 * console.log(accessToken.description); // => "the variable `META_ACCESS_TOKEN`"
 */
export class SecretRef {
  readonly #origin: SecretOrigin;
  readonly #sources: ConfigSources;
  readonly #kind: SecretKind;
  readonly #live = new Set<string>();

  constructor(origin: SecretOrigin, sources: ConfigSources, kind: SecretKind = ACCESS_TOKEN) {
    this.#origin = origin;
    this.#sources = sources;
    this.#kind = kind;
  }

  /** Where the secret is looked for, for messages; never the secret. */
  get description(): string {
    const origin = this.#origin;
    const { key } = this.#kind;
    switch (origin.kind) {
      case "none":
        return "nowhere";
      case "variable":
        return `the variable \`${origin.name}\``;
      case "namespace":
        return `the variable \`${environmentName(origin.namespace, key)}\` or ${tomlName(origin.namespace, key, this.#sources)}`;
      case "function":
        return "the function `credentials.accessToken`";
    }
  }

  /** The secret, trimmed; call it only when it is about to be used. */
  resolve(): Result<string, Diagnostic> {
    const { name, codes, form, advice } = this.#kind;
    const value = this.#read();
    if (value === FAILED)
      return this.#refuse("secret_function", `${this.description} failed`, FUNCTION_REMEDY);
    if (value === undefined) {
      const nothing = name.replace(/^an? /, "no ");
      return this.#refuse(
        codes.missing,
        this.#origin.kind === "none"
          ? `${nothing} is configured`
          : `there is ${nothing} in ${this.description}`,
        REMEDIES[this.#origin.kind],
      );
    }
    const secret = typeof value === "string" ? value.trim() : "";
    if (!form.test(secret))
      return this.#refuse(
        codes.invalid,
        `what is in ${this.description} cannot be ${name}`,
        advice,
      );
    this.#live.add(secret);
    return ok(secret);
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
        return presentText(findInNamespace(origin.namespace, this.#kind.key, this.#sources)?.value);
      case "function":
        return callSafely(origin.read);
    }
  }

  #refuse(code: NameIn<"config">, message: string, remedy: string): Result<string, Diagnostic> {
    const { place } = this.#kind;
    return fail({ code: `config.${code}`, severity: "error", message, remedy, place });
  }
}

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
