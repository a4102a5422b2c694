/** The fields of a declared row, each as a reader. */
import type { ColumnExpression, Declaration, StateOperations } from "../config/sync-file.js";
import { derivedIdentity, nameText } from "../core/identity.js";
import type { Json, JsonObject } from "../core/json.js";
import type { Read } from "../mapping/shape.js";
import { readValue, type Positions } from "./column-expressions.js";
import { readOccurredAt } from "./declared-time.js";
import type { ColumnBatch } from "./source.js";

/** Readers of a row's fields. */
export interface DeclaredFields {
  /** Names and readers of the parts of the key, and of the payload. */
  readonly key: ReadonlyMap<string, Read<ColumnBatch>>;
  readonly payload: ReadonlyMap<string, Read<ColumnBatch>>;
  /** The parts of the key that have a value. */
  readonly keyObject: (batch: ColumnBatch, row: number) => JsonObject;
  /** Trimmed; `undefined` when blank, and for events. */
  readonly target: (batch: ColumnBatch, row: number) => string | undefined;
  /** Lower-cased; for State `upsert` or `remove`, `undefined` for anything else. */
  readonly operation: (
    batch: ColumnBatch,
    row: number,
  ) => "upsert" | "remove" | "import" | undefined;
  readonly eventName: Read<ColumnBatch>;
  readonly occurredAt: Read<ColumnBatch>;
}

/** Compiles the fields of a declaration. */
export function readFields(declaration: Declaration, positions: Positions): DeclaredFields {
  const parts = (expressions: ReadonlyMap<string, ColumnExpression>) =>
    new Map([...expressions].map(([name, one]) => [name, readValue(one, positions)]));
  const key = parts(declaration.key);
  const common = { key, payload: parts(declaration.payload), keyObject: readObject(key) };
  if (declaration.kind === "event") {
    const eventName = readValue(declaration.eventName, positions);
    const occurredAt = readOccurredAt(declaration.occurredAt, positions);
    return { ...common, target: NOTHING, operation: () => "import", eventName, occurredAt };
  }
  return {
    ...common,
    target: readTarget(declaration.target, positions),
    operation: readOperation(declaration.operations, positions),
    eventName: NOTHING,
    occurredAt: NOTHING,
  };
}

/** The identity that a row's key stands for, as a mapping may read it; messages need a safe one. */
export function readIdentity(
  fields: DeclaredFields,
): (batch: ColumnBatch, row: number) => string | undefined {
  return (batch, row) => derivedIdentity(fields.keyObject(batch, row), fields.target(batch, row));
}

/** An object of the fields that have a value. */
export function readObject(
  fields: ReadonlyMap<string, Read<ColumnBatch>>,
): (batch: ColumnBatch, row: number) => JsonObject {
  const readers = [...fields];
  return (batch, row) => {
    // No name is `__proto__`: the YAML reader refuses it.
    const object: Record<string, Json> = {};
    for (const [name, read] of readers) {
      const value = read(batch, row);
      if (value !== undefined) object[name] = value;
    }
    return object;
  };
}

function readTarget(expression: ColumnExpression, positions: Positions): DeclaredFields["target"] {
  if (expression.kind === "constant") {
    const name = nameText(expression.value)?.trim();
    return () => name;
  }
  const read = readValue(expression, positions);
  return (batch, row) => nameText(read(batch, row))?.trim();
}

const NOTHING = (): undefined => undefined;

function readOperation(
  operations: StateOperations,
  positions: Positions,
): DeclaredFields["operation"] {
  if (operations.kind === "mirrored") return () => "upsert";
  const read = readValue({ kind: "first", columns: [operations.column] }, positions);
  return (batch, row) => {
    const text = nameText(read(batch, row))?.trim().toLowerCase();
    return text === "upsert" || text === "remove" ? text : undefined;
  };
}
