import type { Fault } from "./fault.js";
import type { Member } from "./members.js";

/** Every field says what it is, and has a page of Meta's. */
export function described(members: readonly Member[]): readonly Fault[] {
  return members.flatMap(({ schema, page }) => [
    ...(isSentence(schema.keyword("description").value)
      ? []
      : [{ place: schema.place, message: "it needs a `description`, one sentence" }]),
    ...(page === undefined
      ? [{ place: schema.place, message: "neither it nor what encloses it has `externalDocs.url`" }]
      : []),
  ]);
}

function isSentence(description: unknown): boolean {
  return typeof description === "string" && description.trim() !== "";
}
