/** Reads a reference to a secret: the secret itself is never taken from a file, and never shown. */
import type { Field } from "./field.js";
import type { Problems } from "./problems.js";
import type { SecretOrigin } from "./secret-ref.js";
import type { Reader } from "./section.js";

type Variable = Extract<SecretOrigin, { readonly kind: "variable" }>;

/**
 * Reads `env:NAME`.
 *
 * @param what the secret is, in one word
 */
export function readSecretReference(what: string): Reader<Variable> {
  return (field, problems) => {
    const name = referenceOf(field);
    return name === undefined
      ? refuseLiteral(what, field.withoutLines(), problems)
      : { kind: "variable", name };
  };
}

/** Whether a value is a reference, and its line may therefore be shown. */
export function isReference(field: Field): boolean {
  return referenceOf(field) !== undefined;
}

/** Refuses what may be the secret itself; the place must not show its line. */
export function refuseLiteral(what: string, field: Field, problems: Problems): undefined {
  return problems.report(
    "literal_secret",
    field.place,
    `\`${field.path}\` is no reference, and a secret itself is never taken from here`,
    `Put the ${what} into a variable and write \`env:NAME\`; a ${what} that stood in a file is better replaced.`,
  );
}

function referenceOf({ node }: Field): string | undefined {
  const text = node.kind === "scalar" && typeof node.value === "string" ? node.value.trim() : "";
  return /^env:([A-Za-z_][A-Za-z0-9_]*)$/.exec(text)?.[1];
}
