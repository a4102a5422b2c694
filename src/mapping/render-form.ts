import type { Binder } from "./binder.js";
import type { Form } from "./form.js";
import { renderEach } from "./render-each.js";
import { renderObject } from "./render-object.js";
import { renderTuple } from "./render-tuple.js";
import { renderValue } from "./render-value.js";
import type { Expression } from "./scope.js";

/** Compiles a form for rows of one shape. */
export function renderForm<B>(form: Form, binder: Binder<B>): Expression<B> {
  switch (form.kind) {
    case "value":
      return renderValue(form, binder);
    case "object":
      return renderObject(form, binder);
    case "each":
      return renderEach(form, binder);
    case "tuple":
      return renderTuple(form, binder);
  }
}
