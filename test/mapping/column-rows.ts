import type { Json, JsonObject } from "../../src/core/json.js";
import type { DecodedRecord } from "../../src/core/record.js";
import { descend } from "../../src/mapping/descend.js";
import type { Path, PathRoot, Shape } from "../../src/mapping/shape.js";

/** Rows of a source: a column per declared field, values by row. */
export interface ColumnRows {
  readonly fields: Readonly<Record<"payload" | "key", Readonly<Record<string, readonly Json[]>>>>;
  readonly plain: Readonly<Partial<Record<PathRoot, readonly Json[]>>>;
  readonly identifiers: Readonly<Record<string, readonly (readonly Json[])[]>>;
}

/** The one row that a record fills, in columns; the row above it is empty. */
export const FILLED_ROW = 1;

/** A record as a source would hold it. */
export function columnRows(record: DecodedRecord): ColumnRows {
  if (!record.ok) throw new TypeError("the record cannot be read");
  const { value } = record;
  const types = new Set(value.identifiers.map(({ type }) => type));
  const event =
    value.kind === "event"
      ? {
          event_name: value.eventName ?? null,
          event_type: value.eventType ?? null,
          occurred_at: value.occurredAt ?? null,
        }
      : { target: value.target };
  return {
    fields: { payload: columns(value.payload), key: columns(value.key) },
    plain: columns({ ...event, identity: value.givenIdentity, operation: value.operation }),
    identifiers: Object.fromEntries(
      [...types].map((type) => {
        const values = value.identifiers.filter((one) => one.type === type);
        return [type, [[], values.map((one) => one.value)]];
      }),
    ),
  };
}

function columns(object: JsonObject): Readonly<Record<string, readonly Json[]>> {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, [null, value]]));
}

/** The shape of such rows; the names of their fields are the same in every row. */
export function columnShape(rows: ColumnRows): Shape<ColumnRows> {
  const namesOf = ({ root, parts }: Path): readonly string[] | undefined =>
    (root === "payload" || root === "key") && parts.length === 0
      ? Object.keys(rows.fields[root])
      : undefined;
  return {
    path({ root, parts }) {
      const [name, ...inner] = parts;
      if (root !== "payload" && root !== "key")
        return (batch, index) => descend(batch.plain[root]?.[index], parts);
      if (name === undefined) return (batch, index) => wholeRow(batch.fields[root], index);
      return (batch, index) => {
        const column = Object.hasOwn(batch.fields[root], name)
          ? batch.fields[root][name]
          : undefined;
        return descend(column?.[index], inner);
      };
    },
    identifiers: (type) =>
      Object.hasOwn(rows.identifiers, type)
        ? (batch, index) => batch.identifiers[type]?.[index] ?? []
        : undefined,
    names: namesOf,
  };
}

function wholeRow(fields: Readonly<Record<string, readonly Json[]>>, index: number): Json {
  return Object.fromEntries(
    Object.entries(fields).map(([name, column]) => [name, column[index] ?? null]),
  );
}
