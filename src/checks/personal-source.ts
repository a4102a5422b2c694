import type { ValueForm } from "../mapping/form.js";
import { isPersonalName } from "../surfaces/personal-names.js";
import { lastName, pathsOf } from "./leaves.js";

/** What a value is read from that by its name is plain personal data; `undefined` when nothing is. */
export function personalSource(form: ValueForm): string | undefined {
  if (form.steps.hash) return undefined;
  if (form.source.kind === "identifier") {
    const type = form.source.types.find(isPersonalName);
    return type && `identifiers of the type \`${type}\``;
  }
  const path = pathsOf(form).find((one) => isPersonalName(lastName(one)));
  return path && `\`${path.text}\``;
}
