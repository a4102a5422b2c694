import type { Json } from "../core/json.js";
import { sortFew } from "../core/sort-few.js";

/** A field of the data. */
export interface FoundField {
  readonly name: string;
  value: Json;
}

type Named = Pick<FoundField, "name">;

/** Sorts by name. */
export function sortFields(fields: FoundField[]): FoundField[] {
  sortFew(fields, isBehind);
  return fields;
}

/** The order of code units, in which names stand in what is sent. */
export function isBehind(field: Named, other: Named): boolean {
  return field.name > other.name;
}

/**
 * The fields that the sources of a rest have, each from the first source that has it, by name in the
 * order of code units.
 */
export class FoundFields {
  private readonly fields: FoundField[] = [];
  /** The names of the sources before this one, once they are asked for. */
  private earlier: ReadonlySet<string> | undefined;
  private isFirst = true;

  /** What is added from here on comes from another source, which names no field twice. */
  nextSource(): void {
    this.earlier = undefined;
    this.isFirst = this.fields.length === 0;
  }

  add(name: string, value: Json): void {
    if (!this.isFirst) {
      this.earlier ??= new Set(this.fields.map((field) => field.name));
      if (this.earlier.has(name)) return;
    }
    this.fields.push({ name, value });
  }

  /** The fields by name, converted in that order; those of which nothing is left are left out. */
  converted(convert: (name: string, value: Json) => Json | undefined): readonly FoundField[] {
    const fields = sortFields(this.fields);
    let kept = 0;
    for (const field of fields) {
      const value = convert(field.name, field.value);
      if (value === undefined) continue;
      field.value = value;
      fields[kept] = field;
      kept += 1;
    }
    fields.length = kept;
    return fields;
  }
}
