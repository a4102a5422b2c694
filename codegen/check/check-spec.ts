import type { SpecNode } from "../spec-node.js";
import { columns } from "./columns.js";
import { described } from "./described.js";
import type { Fault } from "./fault.js";
import { fieldNames } from "./field-names.js";
import { hashed } from "./hashed.js";
import { members } from "./members.js";
import { namedParts } from "./named-parts.js";

/** What the generator needs and the linter does not know; all faults at once. */
export function checkSpec(document: SpecNode): readonly Fault[] {
  const all = members(document);
  return [
    ...fieldNames(all),
    ...described(all),
    ...hashed(all),
    ...columns(document),
    ...namedParts(document),
  ];
}
