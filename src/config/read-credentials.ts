/** Reads `credentials`: references only, and nothing of what stands there is shown. */
import { CREDENTIAL_KEYS } from "./binding-keys.js";
import type { Field } from "./field.js";
import type { Problems } from "./problems.js";
import type { SecretOrigin } from "./secret-ref.js";
import { readSecretReference, refuseLiteral } from "./secret-reference.js";
import { openSection } from "./section.js";

/** Where the access token comes from, if `credentials` says so. */
export function readCredentials(field: Field, problems: Problems): SecretOrigin | undefined {
  const hidden = field.withoutLines();
  if (hidden.node.kind === "scalar" && hidden.node.value !== null)
    return refuseLiteral("token", hidden, problems);
  const section = openSection(hidden, CREDENTIAL_KEYS, problems);
  return section?.take("access_token", readSecretReference("token"));
}
