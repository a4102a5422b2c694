import type { Fault } from "./fault.js";
import type { Member } from "./members.js";

/** Names become keys of generated code and of mappings, so none may mean anything else there. */
export function fieldNames(members: readonly Member[]): readonly Fault[] {
  return members
    .filter(({ name }) => !/^[A-Za-z][A-Za-z0-9_]*$/.test(name))
    .map(({ schema }) => ({
      place: schema.place,
      message: "a field's name is a letter and then letters, digits and `_`",
    }));
}
