/** What a mapping reads: the rests of open objects leave that out. */
import type { Form } from "./form.js";
import { readsOf } from "./reads.js";
import { elementPath, type Path } from "./shape.js";

/**
 * The names directly under a source that the mapping reads somewhere.
 *
 * @param element the list element that `item` stands for where the source is read
 */
export type Consumed = (source: Path, element: Path | undefined) => ReadonlySet<string>;

/**
 * Finds what the forms of a mapping consume. Reading a path consumes the top field under a source,
 * whole: `payload.user.currency` consumes `payload.user`, so that what stands beside it (an e-mail
 * perhaps) does not leak through the rest. It depends on the mapping, never on a record.
 */
export function consumedBy(forms: readonly Form[]): Consumed {
  const read = forms.flatMap((form) => readsOf(form).map(({ path }) => path));
  return (source, element) => {
    const from = elementPath(source, element);
    const names = new Set<string>();
    for (const path of read) {
      const name = nameUnder(path, from);
      if (name !== undefined) names.add(name);
    }
    return names;
  };
}

function nameUnder(path: Path, source: Path): string | undefined {
  const isUnder =
    path.root === source.root && source.parts.every((part, index) => part === path.parts[index]);
  return isUnder ? path.parts[source.parts.length] : undefined;
}
