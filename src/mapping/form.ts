/** The checked form of a mapping: what the compiler made of the YAML, before it meets any rows. */
import type { Span } from "../core/diagnostic.js";
import type { Json, JsonObject } from "../core/json.js";
import type { DataNode } from "../core/yaml.js";
import type { Surface } from "../core/outcome.js";
import type { Column, Field, ObjectField, TupleField } from "../generated/fields.js";
import type { NormalizerName } from "../normalize/index.js";
import type { Path } from "./shape.js";

/** The right side of a mapping line, with the field of the spec that it fills. */
export type Form = ValueForm | EachForm | ObjectForm | TupleForm;

interface FormPlace {
  /** The field in the result, for messages: `user_data.em`. */
  readonly at: string;
  /** Where it is written; `undefined` for what a rest stands for. */
  readonly span: Span | undefined;
}

/** One value (or the values of an identifier type), then steps. */
export interface ValueForm extends FormPlace {
  readonly kind: "value";
  readonly field: Field;
  readonly source: Source;
  readonly steps: Steps;
}

/** Where a value comes from. */
export type Source =
  | { readonly kind: "paths"; readonly paths: readonly Path[] }
  | { readonly kind: "identifier"; readonly types: readonly string[] }
  | { readonly kind: "constant"; readonly value: Json };

/** In the order in which they run: map, default, normalize, hash or as. */
export interface Steps {
  readonly map: ReadonlyMap<string, Json> | undefined;
  readonly fallback: Json | undefined;
  readonly normalize: readonly NormalizerName[];
  readonly country: Form | undefined;
  readonly hash: boolean;
  readonly as: As | undefined;
}

/** A value that goes as it is into its field. */
export const NO_STEPS: Steps = {
  map: undefined,
  fallback: undefined,
  normalize: [],
  country: undefined,
  hash: false,
  as: undefined,
};

/** What `as:` can say of a custom property. */
export const AS_TYPES = ["string", "integer", "number", "boolean", "unix_seconds", "date"] as const;

/** One of {@link AS_TYPES}. */
export type As = (typeof AS_TYPES)[number];

/** An entry of the result for every element of a list in the data. */
export interface EachForm extends FormPlace {
  readonly kind: "each";
  readonly field: Field;
  readonly path: Path;
  readonly item: Form;
}

/** An object, field by field. */
export interface ObjectForm extends FormPlace {
  readonly kind: "object";
  readonly field: ObjectField;
  readonly fields: readonly NamedForm[];
  readonly rest: Rest | undefined;
}

/** A field of the result with what fills it. */
export interface NamedForm {
  readonly name: string;
  /** Where its name is written; `undefined` for what a rest stands for. */
  readonly nameSpan: Span | undefined;
  readonly form: Form;
}

/** A list whose positions the spec names. */
export interface TupleForm extends FormPlace {
  readonly kind: "tuple";
  readonly field: TupleField;
  /** One per position, `undefined` for those that stay blank. */
  readonly positions: readonly (Form | undefined)[];
}

/** `"*"`: every field of the object that is not written out. */
export interface Rest {
  readonly span: Span | undefined;
  readonly sources: readonly Path[];
  readonly except: ReadonlySet<string>;
}

/** Fields of the result that a record needs, judged after normalisation. */
export interface Requirement {
  readonly anyOf: readonly string[];
  readonly allOf: readonly string[];
}

/** An audience column that the mapping writes. */
export interface ColumnForm extends NamedForm {
  readonly column: Column;
  /** False for a column that only the rest brings. */
  readonly written: boolean;
}

/** A test that stands in the mapping itself. */
export interface Example {
  readonly given: JsonObject;
  /** The same with places. */
  readonly givenNode: DataNode;
  readonly config: ReadonlyMap<string, string>;
  readonly expected:
    | { readonly kind: "result"; readonly expect: Json; readonly span: Span | undefined }
    | { readonly kind: "rejection"; readonly code: string; readonly span: Span | undefined };
}

interface MappingParts {
  readonly file: string;
  readonly description: string;
  /** Where the name of the section with the fields of an entry stands. */
  readonly section: Span | undefined;
  readonly require: Requirement;
  readonly request: ObjectForm;
  readonly onlyIf: Form | undefined;
  readonly examples: readonly Example[];
}

/** A mapping that passed the compiler's checks. */
export type CheckedMapping =
  | (MappingParts & { readonly surface: "events"; readonly event: ObjectForm })
  | (MappingParts & {
      readonly surface: "custom_audiences";
      readonly rows: "separate" | "combined";
      readonly columns: readonly ColumnForm[];
      readonly rest: Rest | undefined;
    });

/** Every surface that a mapping can be for. */
export const SURFACES: readonly Surface[] = ["custom_audiences", "events"];
