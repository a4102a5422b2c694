/** A value of a configuration with its name and its place. */
import type { Place, Span } from "../core/diagnostic.js";
import type { DataNode, MapEntry } from "../core/yaml.js";

/** How keys are written: in files with underscores, in code in camel case. */
export type Spelling = "snake_case" | "camelCase";

/** Where fields come from: it decides how keys are spelled and what a place is. */
export interface Origin {
  readonly spelling: Spelling;
  readonly place: (path: string, span: Span | undefined) => Place;
}

/** Fields of a file that a person edits. */
export function fileOrigin(file: string): Origin {
  const place = (_: string, span: Span = { start: 0, end: 0 }): Place => ({
    kind: "text",
    file,
    span,
  });
  return { spelling: "snake_case", place };
}

/**
 * Fields of something without lines: an object in code, variables, a parsed TOML file.
 *
 * @param source its name in messages
 */
export function valueOrigin(source: string, spelling: Spelling = "snake_case"): Origin {
  return { spelling, place: (path) => ({ kind: "value", source, path }) };
}

/** One value, named by its path from the root of its input (`config.pixel_id`). */
export class Field<N extends DataNode = DataNode> {
  constructor(
    readonly node: N,
    readonly path: string,
    readonly origin: Origin,
    readonly keySpan?: Span | undefined,
  ) {}

  get place(): Place {
    return this.origin.place(this.path, this.node.span);
  }

  /** The place of the key, for problems with the whole section below it. */
  get keyPlace(): Place {
    return this.origin.place(this.path, this.keySpan ?? this.node.span);
  }

  /** The same field with places that name no line: reports print lines, and here is a secret. */
  withoutLines(): Field<N> {
    const { place } = this;
    const source = place.kind === "text" ? place.file : place.source;
    return new Field(this.node, this.path, valueOrigin(source, this.origin.spelling));
  }

  child({ key, keySpan, value }: MapEntry): Field {
    return new Field(value, this.pathTo(key), this.origin, keySpan);
  }

  item(node: DataNode, index: number): Field {
    return new Field(node, `${this.path}[${String(index)}]`, this.origin);
  }

  pathTo(key: string): string {
    return this.path === "" ? key : `${this.path}.${key}`;
  }
}
