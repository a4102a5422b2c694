import type { SchemaNode } from "../schema-node.js";
import type { Fault } from "./fault.js";
import type { Member } from "./members.js";

/** What is hashed is a `Sha256`, and what is a `Sha256` says that it is hashed. */
export function hashed(members: readonly Member[]): readonly Fault[] {
  return members.flatMap(({ schema }) => {
    const required = schema.keyword("x-hash").value === "required";
    const { place } = schema;
    if (required === refersToDigest(schema)) return [];
    return [
      required
        ? { place, message: "`x-hash: required` needs a reference to `Sha256`" }
        : { place, message: "it refers to `Sha256`, so it needs `x-hash: required`" },
    ];
  });
}

function refersToDigest(schema: SchemaNode): boolean {
  const items = schema.keyword("items");
  const value = items.value === undefined || items.value === false ? schema : schema.below(items);
  return value.component === "Sha256";
}
