import { isJsonObject, ownValue, type Json } from "../core/json.js";
import { readerOf, type Binder } from "./binder.js";
import { isBlank } from "./convert.js";
import { containerOf } from "./descend.js";
import type { Rest } from "./form.js";
import { count, type Scope } from "./scope.js";
import { pathBelow, type Path } from "./shape.js";

/** Visits the fields of one source that a rest takes and that are not blank. */
export type RestSource<B> = (scope: Scope<B>, visit: (name: string, value: Json) => void) => void;

/**
 * Compiles a source of a rest. Where every row has the same fields they are read one by one, and no
 * object is built for a row.
 *
 * @param left names that the rest leaves alone, beside what the mapping consumes
 */
export function restSource<B>(
  path: Path,
  left: Iterable<string>,
  binder: Binder<B>,
): RestSource<B> {
  const skipped = skippedNames(path, left, binder);
  const names = path.root === "item" ? undefined : binder.shape.names(path);
  return names === undefined
    ? objectSource(path, skipped, binder)
    : columnSource(
        path,
        names.filter((name) => !skipped.has(name)),
        binder,
      );
}

/** The names under a source that a rest leaves alone. */
export function skippedNames<B>(
  path: Path,
  left: Iterable<string>,
  binder: Binder<B>,
): ReadonlySet<string> {
  return new Set([...left, ...binder.consumed(path, binder.element), "__proto__"]);
}

function columnSource<B>(path: Path, names: readonly string[], binder: Binder<B>): RestSource<B> {
  const columns = names.map((name) => ({ name, read: readerOf(pathBelow(path, name), binder) }));
  return (scope, visit) => {
    for (const { name, read } of columns) {
      const value = read(scope);
      if (!isBlank(value)) visit(name, value);
    }
  };
}

function objectSource<B>(
  path: Path,
  skipped: ReadonlySet<string>,
  binder: Binder<B>,
): RestSource<B> {
  const read = readerOf(path, binder);
  return (scope, visit) => {
    const value = read(scope);
    const object = containerOf(value);
    if (isJsonObject(object)) {
      for (const name in object) {
        const inner = ownValue(object, name);
        if (!skipped.has(name) && !isBlank(inner)) visit(name, inner);
      }
    } else if (!isBlank(value)) count(scope.tally.unmapped, path.text);
  };
}

/**
 * Counts the fields of named sources (`payload.app_data`) that a closed object has no place for.
 * The whole payload is no named source: what one object leaves of it another one takes.
 */
export function unmappedCounter<B>(
  known: readonly string[],
  rest: Rest,
  binder: Binder<B>,
): (scope: Scope<B>) => void {
  const sources = rest.sources
    .filter(({ root, parts }) => root === "item" || parts.length > 0)
    .map((path) => ({ path, visit: restSource(path, [...known, ...rest.except], binder) }));
  return (scope) => {
    for (const { path, visit } of sources)
      visit(scope, (name) => {
        count(scope.tally.unmapped, `${path.text}.${name}`);
      });
  };
}
