/** Whether Meta takes a field hashed: only so, either way, or never. */
export type HashRule = "required" | "optional" | "never";

/** What an audience column does: finds a person alone, helps to, or says something about them. */
export type ColumnRole = "key" | "context" | "attribute";

/** What stands in a row for a cell without a value. */
export type Blank = string | number | readonly never[];

interface FieldFacts {
  readonly description: string;
  /** Meta's page about the field. */
  readonly page: string;
  readonly hash: HashRule;
  /** Identifier types and plain names that mean this field. */
  readonly names: readonly string[];
}

/** A single value; `unix_seconds` is a whole number of seconds since 1970. */
export interface ScalarField extends FieldFacts {
  readonly kind: "string" | "integer" | "number" | "boolean" | "unix_seconds";
  readonly enum?: readonly string[];
  /** What Meta takes of all values of the kind; a keyword of JSON Schema each. */
  readonly bounds?: Bounds;
}

/** Narrows a kind, in the words of JSON Schema. */
export interface Bounds {
  readonly pattern?: string;
  /** Of numbers; the words of texts are a field's own. */
  readonly enum?: readonly number[];
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** A value that Meta takes in several types, or without saying which. */
export interface AnyField extends FieldFacts {
  readonly kind: "any";
}

/** A list of any length; `unique` ones hold equal items once. */
export interface ArrayField extends FieldFacts {
  readonly kind: "array";
  readonly items: Field;
  readonly unique: boolean;
}

/** A list whose positions have names. */
export interface TupleField extends FieldFacts {
  readonly kind: "tuple";
  readonly positions: readonly { readonly name: string; readonly field: Field }[];
}

/** An object; an `open` one takes custom properties too, which are not in `fields`. */
export interface ObjectField extends FieldFacts {
  readonly kind: "object";
  readonly open: boolean;
  readonly fields: Readonly<Record<string, Field>>;
}

/** A field of a request, as far as a mapping can fill it. */
export type Field = ScalarField | AnyField | ArrayField | TupleField | ObjectField;

/** A column of an audience upload. */
export interface Column {
  readonly field: Field;
  readonly role: ColumnRole;
  /** Whether the column belongs into every row, which then is no row for its sake alone. */
  readonly everyRow: "no" | "optional" | "required";
  readonly blank: Blank;
}
