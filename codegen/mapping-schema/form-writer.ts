import type { Field } from "../fields/field.js";
import type { Definitions } from "./definitions.js";
import type { Components } from "./field-name.js";
import { objectFormRef } from "./object-form.js";
import type { Place } from "./place.js";
import { tupleFormRef } from "./tuple-form.js";
import { valueFormRef } from "./value-form.js";

/** Writes what can stand at a field, as definitions that refer to each other. */
export class FormWriter {
  constructor(
    readonly definitions: Definitions,
    readonly components: Components,
  ) {}

  /** A reference to what can stand at the field. */
  formRef(field: Field, place: Place): { readonly $ref: string } {
    switch (field.kind) {
      case "object":
        return objectFormRef(this, field, place);
      case "tuple":
        return tupleFormRef(this, field, place);
      default:
        return valueFormRef(this, field, place);
    }
  }
}
