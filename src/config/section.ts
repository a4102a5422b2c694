/** A map whose keys are known. */
import type { Place } from "../core/diagnostic.js";
import { nearName } from "../core/near-name.js";
import type { MapEntry, MapNode } from "../core/yaml.js";
import { CONFIG_KEYS, spelled } from "./binding-keys.js";
import { Field } from "./field.js";
import type { Problems } from "./problems.js";
import { refusalOf } from "./refused-keys.js";

/** Reads a value; `undefined` when it is unfit, and then a problem is reported. */
export type Reader<T> = (field: Field, problems: Problems) => T | undefined;

/** A map with its known keys; every other key was reported when it was opened. */
export class Section<K extends string> {
  constructor(
    private readonly field: Field<MapNode>,
    private readonly misspelt: ReadonlySet<string | undefined>,
    private readonly problems: Problems,
  ) {}

  /** The value of a key, if it was given. */
  find(key: K): Field | undefined {
    const name = this.nameOf(key);
    const entry = this.field.node.entries.find((candidate) => candidate.key === name);
    return entry && this.field.child(entry);
  }

  /** The map of a key, an empty one when it was not given. */
  findMap(key: K): Field {
    const nothing = { kind: "map", entries: [], span: this.field.node.span } as const;
    const { origin, keySpan } = this.field;
    return this.find(key) ?? new Field(nothing, this.pathOf(key), origin, keySpan);
  }

  /** Whether a key was given, or meant by one that is misspelt. */
  isMeant(key: K): boolean {
    return this.misspelt.has(this.nameOf(key)) || this.find(key) !== undefined;
  }

  /** Reads a key that may be missing. */
  take<T>(key: K, read: Reader<T>): T | undefined {
    const field = this.find(key);
    return field && read(field, this.problems);
  }

  /** Reads a key that must be there. */
  need<T>(key: K, read: Reader<T>, remedy: string): T | undefined {
    const field = this.find(key);
    return field ? read(field, this.problems) : this.missing(key, remedy);
  }

  /** Reports a key if it is not there; one that is misspelt was reported as that. */
  missing(key: K, remedy: string): undefined {
    if (this.isMeant(key)) return undefined;
    return this.problems.missingKey(this.field.keyPlace, this.pathOf(key), remedy);
  }

  /** A key as this input writes it. */
  nameOf(key: K): string {
    return spelled(key, this.field.origin.spelling);
  }

  /** The full name of a key as this input writes it. */
  pathOf(key: K): string {
    return this.field.pathTo(this.nameOf(key));
  }

  /** Where problems of the section as a whole stand. */
  get place(): Place {
    return this.field.keyPlace;
  }
}

/** Opens a map, reporting keys that have no meaning in it. */
export function openSection<K extends string>(
  field: Field,
  keys: readonly K[],
  problems: Problems,
): Section<K> | undefined {
  const { node } = field;
  if (node.kind !== "map") return problems.wrongType(field, "a map");
  const known = keys.map((key) => spelled(key, field.origin.spelling));
  const unknown = node.entries.filter((entry) => !known.includes(entry.key));
  for (const entry of unknown) reportUnknown(field, entry, known, problems);
  const misspelt = new Set(unknown.map(({ key }) => nearName(key, known)));
  const { path, origin, keySpan } = field;
  return new Section<K>(new Field(node, path, origin, keySpan), misspelt, problems);
}

function reportUnknown(
  section: Field,
  entry: MapEntry,
  known: readonly string[],
  problems: Problems,
): void {
  const field = section.child(entry);
  const refusal = refusalOf(entry.key);
  const { code, message, remedy } = refusal ?? {
    code: "unknown_key" as const,
    message: "is not a known key",
    remedy: remedyOf(entry.key, section, known),
  };
  const place = (code === "access_token" ? field.withoutLines() : field).keyPlace;
  problems.report(code, place, `\`${field.path}\` ${message}`, remedy);
}

function remedyOf(key: string, section: Field, known: readonly string[]): string {
  const { spelling } = section.origin;
  if (known.includes("config") && CONFIG_KEYS.some((one) => spelled(one, spelling) === key))
    return "Write it under `config`.";
  const near = nearName(key, known);
  return near === undefined
    ? `Allowed: ${known.map((one) => `\`${one}\``).join(", ")}.`
    : `Did you mean \`${near}\`?`;
}
