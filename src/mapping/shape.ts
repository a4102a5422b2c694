import type { Json } from "../core/json.js";

/** What a path of a mapping can start with. */
export const PATH_ROOTS = [
  "payload",
  "key",
  "config",
  "item",
  "event_name",
  "event_type",
  "occurred_at",
  "identity",
  "operation",
  "target",
] as const;

/** One of {@link PATH_ROOTS}. */
export type PathRoot = (typeof PATH_ROOTS)[number];

/** A parsed path, for example `payload.items.0.sku`. */
export interface Path {
  readonly root: PathRoot;
  readonly parts: readonly string[];
  /** As it was written. */
  readonly text: string;
}

/** Reads one value of the row at `index`; `undefined` when it is not there. */
export type Read<B> = (batch: B, index: number) => Json | undefined;

/** Reads all values of one identifier type of a row, in the record's order. */
export type ReadAll<B> = (batch: B, index: number) => readonly Json[];

/**
 * How rows look from a mapping: a compiled mapping asks it once for the readers that it needs, and
 * then calls only those. `B` is a batch of rows: contract records, or the columns of a source.
 */
export interface Shape<B> {
  /** Never asked for `config` or `item`, which are not of the row. */
  path(path: Path): Read<B>;
  /** `undefined` when rows of this shape never carry the type. */
  identifiers(type: string): ReadAll<B> | undefined;
  /**
   * The field names under a path when every row has the same ones (the columns of a source), so
   * that no object is built per row; `undefined` when they differ from row to row.
   */
  names(path: Path): readonly string[] | undefined;
}

/** The path of a field below another path. */
export function pathBelow({ root, parts, text }: Path, name: string): Path {
  return { root, parts: [...parts, name], text: `${text}.${name}` };
}

/**
 * A path from the row on, where the element that `item` stands for is known. The part for "any
 * element of the list" is one that no mapping can write.
 */
export function elementPath(path: Path, list: Path | undefined): Path {
  if (path.root !== "item" || list === undefined) return path;
  return { root: list.root, parts: [...list.parts, "[]", ...path.parts], text: path.text };
}
