/** Which fields of the result read a field of which only the name is known: a declared one. */
import { formsOf } from "../../mapping/compile.js";
import { consumedBy } from "../../mapping/consumed.js";
import type { CheckedMapping, Form, ObjectForm, Rest } from "../../mapping/form.js";
import { identifierReads } from "../../mapping/identifier-types.js";
import { readsOf } from "../../mapping/reads.js";
import type { Path, PathRoot } from "../../mapping/shape.js";

/** Answers by name; an empty list where nothing reads the field. */
export interface FieldReaders {
  /** @param name the field directly below `key` or `payload`; none for the roots that are single values */
  readonly ofPath: (root: PathRoot, name?: string) => readonly string[];
  readonly ofIdentifier: (type: string) => readonly string[];
}

/** Asks a mapping, once for all fields. */
export function fieldReaders(mapping: CheckedMapping): FieldReaders {
  const forms = formsOf(mapping);
  const reads = forms.flatMap((form) => readsOf(form));
  const identifiers = forms.flatMap(identifierReads);
  const consumed = consumedBy(forms);
  const rests = forms.flatMap(openRests);
  const takenByRests = (root: PathRoot, name: string): readonly string[] =>
    rests
      .filter(
        ({ form, rest, source }) =>
          source.root === root &&
          !rest.except.has(name) &&
          !form.fields.some((field) => field.name === name) &&
          !consumed(source, undefined).has(name),
      )
      .map(({ form }) => `${form.at}.${name}`);
  return {
    ofPath: (root, name) => {
      const direct = reads.filter(({ path }) => path.root === root && path.parts[0] === name);
      const rest = name === undefined ? [] : takenByRests(root, name);
      return distinct([...direct.map(({ at }) => at), ...rest]);
    },
    ofIdentifier: (type) =>
      distinct(identifiers.filter((one) => one.type === type).map(({ at }) => at)),
  };
}

interface OpenRest {
  readonly form: ObjectForm;
  readonly rest: Rest;
  /** All of `key` or `payload`. */
  readonly source: Path;
}

/** The rests of open objects that take whatever stands directly below a root. */
function openRests(form: Form): readonly OpenRest[] {
  if (form.kind !== "object") return [];
  const { rest, field, fields } = form;
  const sources = rest !== undefined && field.open ? rest.sources : [];
  const own = sources
    .filter(({ parts }) => parts.length === 0)
    .flatMap((source) => (rest === undefined ? [] : [{ form, rest, source }]));
  return [...own, ...fields.flatMap((inner) => openRests(inner.form))];
}

function distinct(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
