/** Reads `credentials`: references only, and nothing of what stands there is shown. */
import { CREDENTIAL_KEYS } from "./binding-keys.js";
import type { Field } from "./field.js";
import type { Problems } from "./problems.js";
import type { SecretOrigin } from "./secret-ref.js";
import { openSection } from "./section.js";

/** Where the access token comes from, if `credentials` says so. */
export function readCredentials(field: Field, problems: Problems): SecretOrigin | undefined {
  const hidden = field.withoutLines();
  if (hidden.node.kind === "scalar" && hidden.node.value !== null)
    return refuseLiteral(hidden, problems);
  return openSection(hidden, CREDENTIAL_KEYS, problems)?.take("access_token", readReference);
}

function readReference(field: Field, problems: Problems): SecretOrigin | undefined {
  const { node } = field;
  const text = node.kind === "scalar" && typeof node.value === "string" ? node.value.trim() : "";
  const name = /^env:([A-Za-z_][A-Za-z0-9_]*)$/.exec(text)?.[1];
  return name === undefined ? refuseLiteral(field, problems) : { kind: "variable", name };
}

function refuseLiteral(field: Field, problems: Problems): undefined {
  return problems.report(
    "literal_secret",
    field.place,
    `\`${field.path}\` is no reference, and a secret itself is never taken from here`,
    "Put the token into a variable and write `env:NAME`; a token that stood in a file is better replaced.",
  );
}
