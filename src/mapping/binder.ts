import type { Json } from "../core/json.js";
import type { Consumed } from "./consumed.js";
import { descend } from "./descend.js";
import type { Form } from "./form.js";
import type { Expression, ListenTo, Scope } from "./scope.js";
import type { Path, Shape } from "./shape.js";

/** What forms are compiled against: a shape of rows, the configuration, and what is consumed. */
export interface Binder<B> {
  readonly shape: Shape<B>;
  readonly config: ReadonlyMap<string, string>;
  readonly consumed: Consumed;
  /** The list whose elements `item` stands for, from the row on; none outside `each`. */
  readonly element: Path | undefined;
  /** Whose values somebody wants to hear of; none in a run that nobody watches. */
  readonly listenTo: ListenTo;
  /** Compiles a form inside another. */
  readonly render: (form: Form, binder: Binder<B>) => Expression<B>;
}

/** Reads a path of any root. */
export function readerOf<B>(path: Path, binder: Binder<B>): (scope: Scope<B>) => Json | undefined {
  const { root, parts } = path;
  if (root === "config") {
    const value = binder.config.get(parts.join("."));
    return () => value;
  }
  if (root === "item") return (scope) => descend(scope.item, parts);
  const read = binder.shape.path(path);
  return (scope) => read(scope.batch, scope.index);
}
