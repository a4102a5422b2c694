import { EVENT } from "../generated/fields.js";

/** Names that are as often about a thing as about a person: a shop's city, a car's state. */
const ABOUT_THINGS = new Set([
  "country",
  "ct",
  "city",
  "st",
  "state",
  "zp",
  "zip",
  "zip_code",
  "ge",
  "gender",
  "db",
]);

const PERSONAL_NAMES: ReadonlySet<string> = hashedNames();

/**
 * True for a name that means personal data: one of Meta's hashed `user_data` keys or its plain
 * name, however it is spelled (`first_name`, `firstName`, `First-Name`).
 */
export function isPersonalName(name: string): boolean {
  const known = JUDGED.get(name);
  if (known !== undefined) return known;
  const judged = PERSONAL_NAMES.has(plain(name));
  if (JUDGED.size < MAX_JUDGED) JUDGED.set(name, judged);
  return judged;
}

/** Names come again in every record; those that come from the data must not fill the memory. */
const JUDGED = new Map<string, boolean>();
const MAX_JUDGED = 1_000;

function hashedNames(): ReadonlySet<string> {
  const names = Object.values(EVENT.fields)
    .flatMap((field) => (field.kind === "object" ? Object.entries(field.fields) : []))
    .filter(([, field]) => field.hash === "required")
    .flatMap(([name, field]) => [name, ...field.names]);
  return new Set(names.filter((name) => !ABOUT_THINGS.has(name)).map(plain));
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, "");
}
