import type { Form, ValueForm } from "./form.js";

/** The identifier types that a form reads. */
export function identifierTypes(form: Form): readonly string[] {
  switch (form.kind) {
    case "value":
      return valueTypes(form);
    case "each":
      return identifierTypes(form.item);
    case "object":
      return form.fields.flatMap((field) => identifierTypes(field.form));
    case "tuple":
      return form.positions.flatMap((position) =>
        position === undefined ? [] : identifierTypes(position),
      );
  }
}

function valueTypes({ source, steps }: ValueForm): readonly string[] {
  const own = source.kind === "identifier" ? source.types : [];
  return steps.country === undefined ? own : [...own, ...identifierTypes(steps.country)];
}
