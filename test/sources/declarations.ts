/** Declarations and rows over them, written briefly. */
import { expect } from "vitest";
import type {
  ColumnExpression,
  Declaration,
  EventDeclaration,
  OccurredAt,
  StateDeclaration,
} from "../../src/config/sync-file.js";
import type { Json } from "../../src/core/json.js";
import type { Path, PathRoot } from "../../src/mapping/shape.js";
import { declaredColumns, declaredRows } from "../../src/sources/declared-rows.js";
import type { ColumnBatch } from "../../src/sources/source.js";
import { column } from "./sources.js";

type Expressions = Readonly<Record<string, ColumnExpression>>;

export const of = (...names: readonly string[]): ColumnExpression => ({
  kind: "first",
  columns: names.map(column),
});
export const all = (...names: readonly string[]): ColumnExpression => ({
  kind: "all",
  columns: names.map(column),
});
export const value = (constant: Json): ColumnExpression => ({ kind: "constant", value: constant });

interface Parts {
  readonly key?: Expressions;
  readonly identifiers?: Expressions;
  readonly payload?: Expressions;
}

function parts({ key = { id: of("id") }, identifiers = {}, payload = {} }: Parts) {
  return {
    key: new Map(Object.entries(key)),
    identifiers: new Map(Object.entries(identifiers)),
    identifierPlaces: new Map(),
    payload: new Map(Object.entries(payload)),
  };
}

export function state(
  given: Parts & { readonly target?: ColumnExpression; readonly operation?: string } = {},
): StateDeclaration {
  return {
    kind: "state",
    ...parts(given),
    target: given.target ?? value("VIP"),
    operations:
      given.operation === undefined
        ? { kind: "mirrored", mode: "mirror", guardPercent: 30, refreshAfterSeconds: undefined }
        : { kind: "listed", column: column(given.operation) },
  };
}

export function event(given: Parts = {}, occurredAt?: OccurredAt): EventDeclaration {
  return {
    kind: "event",
    ...parts(given),
    eventName: of("name"),
    occurredAt: occurredAt ?? { kind: "instant", from: of("at") },
    maxAgeSeconds: undefined,
    onDoubt: "hold",
  };
}

/** Rows with the columns that the declaration reads, in its order. */
export function rowsOver(
  declaration: Declaration,
  rows: readonly Readonly<Record<string, Json>>[],
) {
  const names = declaredColumns(declaration);
  const declared = declaredRows(
    declaration,
    names.map((name) => ({ name, type: "VARCHAR" })),
  );
  if (!declared.ok) throw new Error(JSON.stringify(declared.error));
  expect(declared.value.wanted).toEqual(names);
  const batch: ColumnBatch = {
    columns: names.map((name) => rows.map((row) => row[name] ?? null)),
    rows: rows.length,
    firstRow: 17,
  };
  const { shape, envelope } = declared.value.rows;
  return {
    shape,
    batch,
    read: (path: string, row = 0) => shape.path(parsed(path))(batch, row),
    identifiers: (type: string, row = 0) => shape.identifiers(type)?.(batch, row),
    identifierPlaces: new Map(),
    envelope: (row = 0) => envelope(batch, row),
  };
}

export function parsed(text: string): Path {
  const [root = "", ...rest] = text.split(".");
  const roots: readonly PathRoot[] = [
    "payload",
    "key",
    "event_name",
    "event_type",
    "occurred_at",
    "identity",
    "operation",
    "target",
  ];
  const known = roots.find((one) => one === root);
  if (known === undefined) throw new Error(text);
  return { root: known, parts: rest, text };
}
