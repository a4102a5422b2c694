import { type Json } from "../core/json.js";
import { descend } from "../mapping/descend.js";
import type { Path, PathRoot, Read, ReadAll, Shape } from "../mapping/shape.js";
import { readIdentity, readObject, type DeclaredFields } from "./declared-fields.js";
import { exactJson } from "./exact-json.js";
import type { ColumnBatch } from "./source.js";

/** Declared rows, as a mapping sees them: a path is a column, and nothing is built that is not asked for. */
export function declaredShape(
  fields: DeclaredFields,
  identifiers: ReadonlyMap<string, ReadAll<ColumnBatch>>,
): Shape<ColumnBatch> {
  const roots = rootReaders(fields);
  const decoded = new Map<Read<ColumnBatch>, Read<ColumnBatch>>();
  const deeper = (read: Read<ColumnBatch>, parts: readonly string[]): Read<ColumnBatch> => {
    if (parts.length === 0) return read;
    const structure = decoded.get(read) ?? decodeText(read);
    decoded.set(read, structure);
    return (batch, row) => descend(structure(batch, row), parts);
  };
  return {
    path({ root, parts }: Path) {
      const [name, ...rest] = parts;
      const named = namedFields(fields, root);
      if (named === undefined || name === undefined) return deeper(roots[root], parts);
      const read = named.get(name);
      return read === undefined ? () => undefined : deeper(read, rest);
    },
    identifiers: (type) => identifiers.get(type),
    names({ root, parts }: Path) {
      const named = parts.length === 0 ? namedFields(fields, root) : undefined;
      return named && [...named.keys()];
    },
  };
}

function namedFields(
  { key, payload }: DeclaredFields,
  root: PathRoot,
): ReadonlyMap<string, Read<ColumnBatch>> | undefined {
  if (root === "payload") return payload;
  return root === "key" ? key : undefined;
}

function rootReaders(fields: DeclaredFields): Readonly<Record<PathRoot, Read<ColumnBatch>>> {
  const nothing = () => undefined;
  return {
    payload: readObject(fields.payload),
    key: fields.keyObject,
    event_name: fields.eventName,
    occurred_at: fields.occurredAt,
    identity: readIdentity(fields),
    operation: fields.operation,
    target: fields.target,
    event_type: nothing,
    config: nothing,
    item: nothing,
  };
}

/**
 * Text that a path goes into is JSON; what is not is as good as missing. Several paths go into the
 * same cell of a row one after another, so the last text is remembered.
 */
function decodeText(read: Read<ColumnBatch>): Read<ColumnBatch> {
  let lastText = "";
  let lastValue: Json | undefined;
  return (batch, row) => {
    const value = read(batch, row);
    if (typeof value !== "string") return value;
    if (value === lastText) return lastValue;
    const parsed = /^\s*[[{]/.test(value) ? exactJson(value) : undefined;
    lastText = value;
    lastValue = parsed?.ok === true ? parsed.value : undefined;
    return lastValue;
  };
}
