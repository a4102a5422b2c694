import type { NameIn } from "../core/catalogue/catalogue.js";

/** Keys that people look for and that no configuration has: each with its reason. */

/** Why a key is refused. */
export interface Refusal {
  readonly code: NameIn<"config">;
  /** Ends a sentence that starts with the key. */
  readonly message: string;
  readonly remedy: string;
}

const REFUSALS: Readonly<Record<string, Refusal>> = {
  baseurl: {
    code: "base_url",
    message:
      "cannot be set: requests carry a token and people's identifiers, so they go only to Meta's Graph API, whose origin the spec fixes",
    remedy: "Remove it; for tests pass a `transport` in code, or use `--emulator`.",
  },
  accesstoken: {
    code: "access_token",
    message: "is a credential and has no place in a configuration",
    remedy:
      "Remove it; set `credential_namespace`, or a reference like `env:NAME` in `credentials`.",
  },
  transport: {
    code: "transport",
    message: "is a function and no key of a configuration",
    remedy: "Pass it in code, beside `config`.",
  },
};

/** The reason why a key is refused in whatever spelling, or `undefined`. */
export function refusalOf(key: string): Refusal | undefined {
  const plain = key.replace(/[^A-Za-z]/g, "").toLowerCase();
  return Object.hasOwn(REFUSALS, plain) ? REFUSALS[plain] : undefined;
}
