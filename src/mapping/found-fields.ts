import type { Json } from "../core/json.js";

/** A field of the data. */
export interface FoundField {
  readonly name: string;
  readonly value: Json;
}

/** The fields that the sources of a rest have, each from the first source that has it. */
export class FoundFields {
  private readonly fields: FoundField[] = [];
  /** The names of the sources before this one, once they are asked for. */
  private earlier: ReadonlySet<string> | undefined;
  private start = 0;

  /** What is added from here on comes from another source, which names no field twice. */
  nextSource(): void {
    this.earlier = undefined;
    this.start = this.fields.length;
  }

  add(name: string, value: Json): void {
    if (this.start > 0) {
      this.earlier ??= new Set(this.fields.map((field) => field.name));
      if (this.earlier.has(name)) return;
    }
    this.fields.push({ name, value });
  }

  /** By name, in the order of code units, in which most data comes already. */
  sorted(): readonly FoundField[] {
    let before = "";
    for (const { name } of this.fields) {
      if (name < before) return this.fields.sort((one, other) => (one.name < other.name ? -1 : 1));
      before = name;
    }
    return this.fields;
  }
}
