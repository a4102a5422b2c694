import type { Form, ValueForm } from "./form.js";

/** An identifier type that a form reads. */
export interface IdentifierRead {
  readonly type: string;
  /** The field of the result. */
  readonly at: string;
}

/** The identifier types that a form reads. */
export function identifierTypes(form: Form): readonly string[] {
  return identifierReads(form).map(({ type }) => type);
}

/** The identifier types that a form reads, each with the field of the result that it fills. */
export function identifierReads(form: Form): readonly IdentifierRead[] {
  switch (form.kind) {
    case "value":
      return valueReads(form);
    case "each":
      return identifierReads(form.item);
    case "object":
      return form.fields.flatMap((field) => identifierReads(field.form));
    case "tuple":
      return form.positions.flatMap((position) =>
        position === undefined ? [] : identifierReads(position),
      );
  }
}

function valueReads({ source, steps, at }: ValueForm): readonly IdentifierRead[] {
  const own = source.kind === "identifier" ? source.types.map((type) => ({ type, at })) : [];
  return steps.country === undefined ? own : [...own, ...identifierReads(steps.country)];
}
