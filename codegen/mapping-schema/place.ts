/**
 * Where a form stands, which decides what it can read: a record; a record and the element of a
 * list; or, in `request`, only the configuration.
 */
export type Place = "record" | "each" | "request";

const SUFFIXES: Readonly<Record<Place, string>> = {
  record: "",
  each: "_in_each",
  request: "_in_request",
};

/** The name of a definition that is different at each place. */
export function nameAt(name: string, place: Place): string {
  return `${name}${SUFFIXES[place]}`;
}
