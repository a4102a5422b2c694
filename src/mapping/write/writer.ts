/** What it takes to write the JSON of ordinary rows straight away, without an object for each. */
import { literalOf, type Literal } from "../../core/json-literal.js";
import type { JsonPage } from "../../core/json-page.js";
import type { Json } from "../../core/json.js";
import type { Scope } from "../scope.js";

/**
 * Writes what a form makes of a row; false, with nothing written, where that is nothing. Of a row that
 * is not ordinary (something is to be counted, or refused, or looks like no other) it tells the page.
 */
export type Writer<B> = (scope: Scope<B>, page: JsonPage) => boolean;

/** Writes a value of the data as a field takes it; false, with nothing written, where that is nothing. */
export type ValueWriter = (value: Json, page: JsonPage) => boolean;

/** A field of an object, with how it is written. */
export interface WrittenField<B> {
  readonly name: string;
  /** The comma behind the field before it, and its name. */
  readonly lead: Literal;
  readonly write: Writer<B>;
}

/** What a surface asks about the fields that are written. */
export interface Questions {
  /** Who is told that a field was written. */
  written(at: string): (() => void) | undefined;
  /** Who is told the value of a field, which must be of a single value, before it is written. */
  value(at: string): Hear | undefined;
  /** What makes a value of the field doubtful, so that it is to be looked at closely. */
  doubt(at: string): Doubt | undefined;
}

/** Is told a value as it is written. */
export type Hear = (value: Json) => void;

/** What must not be written without a closer look. */
export interface Doubt {
  /** Of a text that is marked. */
  text(text: string): boolean;
  name(name: string): boolean;
}

/** What stands in front of a field: the comma behind the field before it, and its name. */
export function leadOf(name: string): Literal {
  return literalOf(`,${JSON.stringify(name)}:`);
}

export const COMMA = 0x2c;
