import type { Binder } from "./binder.js";
import type { TupleForm } from "./form.js";
import type { Expression } from "./scope.js";

/** All positions, blank ones as `""`; nothing when every position is blank. */
export function renderTuple<B>(form: TupleForm, binder: Binder<B>): Expression<B> {
  const positions = form.positions.map((position) =>
    position === undefined ? () => undefined : binder.render(position, binder),
  );
  return (scope) => {
    const values = positions.map((position) => position(scope));
    return values.every((value) => value === undefined)
      ? undefined
      : values.map((value) => value ?? "");
  };
}
