/** What a schema says against a value, in words that need no schema beside them. */

/** The end of a sentence that starts with the field's name, by keyword of JSON Schema. */
const SENTENCES: Readonly<Record<string, (params: Params) => string>> = {
  type: ({ type }) => `must be ${typeWords(type)}`,
  enum: ({ allowedValues }) => `must be one of ${listed(allowedValues)}`,
  const: ({ allowedValue }) => `must be ${quoted(allowedValue)}`,
  pattern: ({ pattern }) => `must be ${patternWords(String(pattern))}`,
  required: () => "is missing",
  additionalProperties: () => "is not a field that Meta knows",
  uniqueItems: () => "holds the same entry twice",
  minItems: ({ limit }) => `must have at least ${counted(limit, "entry", "entries")}`,
  maxItems: ({ limit }) => `must have at most ${counted(limit, "entry", "entries")}`,
  items: ({ limit }) => `must have at most ${counted(limit, "entry", "entries")}`,
  minimum: ({ limit }) => `must be at least ${String(limit)}`,
  maximum: ({ limit }) => `must be at most ${String(limit)}`,
  maxLength: ({ limit }) => `must have at most ${counted(limit, "character", "characters")}`,
  minProperties: ({ limit }) => `must have at least ${counted(limit, "field", "fields")}`,
  maxProperties: ({ limit }) => `must have at most ${counted(limit, "field", "fields")}`,
  anyOf: () => "has none of the forms that Meta takes",
};

/** What ajv tells with a keyword: its limit, its values. */
type Params = Readonly<Record<string, unknown>>;

/**
 * Why a value is refused, never with the value itself.
 *
 * @example violationText("maximum", { limit: 5 }) // "must be at most 5"
 */
export function violationText(keyword: string, params: Params): string {
  const sentence = Object.hasOwn(SENTENCES, keyword) ? SENTENCES[keyword] : undefined;
  return sentence?.(params) ?? "is not as Meta's spec says";
}

const TYPES: Readonly<Record<string, string>> = {
  string: "text",
  integer: "a whole number",
  number: "a number",
  boolean: "`true` or `false`",
  array: "a list",
  object: "an object",
  null: "null",
};

function typeWords(type: unknown): string {
  const names = Array.isArray(type) ? type.map(String) : String(type).split(",");
  return names.map((name) => TYPES[name] ?? name).join(" or ");
}

/** More than these are no help in a message. */
const MAX_LISTED = 8;

function listed(values: unknown): string {
  const names: readonly unknown[] = Array.isArray(values) ? values : [];
  const shown = names.slice(0, MAX_LISTED).map(quoted).join(", ");
  const more = names.length - MAX_LISTED;
  return more > 0 ? `${shown} and ${String(more)} more` : shown;
}

function quoted(value: unknown): string {
  return `\`${String(value)}\``;
}

function counted(limit: unknown, one: string, many: string): string {
  return `${String(limit)} ${limit === 1 ? one : many}`;
}

const CLASSES: Readonly<Record<string, string>> = {
  "[A-Za-z]": "letters from A to Z",
  "[A-Za-z0-9]": "letters from A to Z and digits",
  "[0-9]": "digits",
  "[0-9a-f]": "hexadecimal digits in lower case",
};

/** One class, how often, and whether an optional group follows. */
const SIMPLE_PATTERN = /^\^(\[[^\]]+\])(?:\{(\d+)(?:,(\d+))?\}|\*)(\(.*\)\?)?\$$/;

/**
 * What a text of a pattern is, in words; a pattern that has none stands as it is.
 *
 * @example patternWords("^[0-9]{15,17}$") // "15 to 17 digits"
 */
export function patternWords(pattern: string): string {
  const [, characters = "", from, to, suffix] = SIMPLE_PATTERN.exec(pattern) ?? [];
  const words = CLASSES[characters];
  if (words === undefined) return `of the form \`${pattern}\``;
  const count = [from, to].filter((part) => part !== undefined).join(" to ");
  const whole = count === "" ? `of ${words} only` : `${count} ${words}`;
  return suffix === undefined ? whole : `${whole}, with or without a suffix`;
}
