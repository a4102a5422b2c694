/** What the values of a column look like by its type, and which fields take none of them. */
import type { Json } from "../core/json.js";
import { ConversionFault } from "../mapping/convert-scalar.js";
import { elementsOf } from "../mapping/convert.js";
import { finisher, isElementwise } from "../mapping/finish.js";
import type { ValueForm } from "../mapping/form.js";

/** A type of columns, as far as fields take its values or do not. */
export interface ColumnKind {
  /** One value of each sort that a field could tell apart: if it takes none of them, it takes no other. */
  readonly samples: readonly Json[];
  /** False where no value is text or a whole number, as identifiers are. */
  readonly identifies: boolean;
  /** What the source's query does about it. */
  readonly remedy: string;
}

/** What is known of the values of a type; `undefined` for text, which can hold anything. */
export function columnKind(type: string): ColumnKind | undefined {
  if (type.endsWith("]")) return LIST;
  return KINDS.get(type.replace(/\(.*$/s, ""));
}

/** True when a form refuses every value of a kind, so that each record with one would be rejected. */
export function refusesAll(form: ValueForm, { samples }: ColumnKind): boolean {
  // `map` compares, and what it does not know is blank.
  return form.steps.map === undefined && samples.every((sample) => refuses(form, sample));
}

function refuses(form: ValueForm, sample: Json): boolean {
  const finish = finisher(form, "kept");
  const parts = isElementwise(form) ? elementsOf(sample) : [sample];
  return parts.some((part) => {
    const result = finish(part, undefined, IGNORE);
    return result.kind === "value" && result.value instanceof ConversionFault;
  });
}

const IGNORE = (): void => undefined;

const CAST = "Cast it in the query to what the field takes, or declare another column.";

const FLAG: ColumnKind = { samples: [true, false], identifies: false, remedy: CAST };
const NUMBER: ColumnKind = {
  samples: [0, 1, 0.5, 1_777_550_400, "1777550400"],
  identifies: true,
  remedy: CAST,
};
const WALL_CLOCK: ColumnKind = {
  samples: ["2026-04-30T12:00:00"],
  identifies: true,
  remedy:
    "It has no zone: where a time is taken, say in the query whose clock it is of, with `AT TIME ZONE 'Europe/Berlin'`; else cast it to what the field takes.",
};
const INSTANT: ColumnKind = { samples: ["2026-04-30T12:00:00Z"], identifies: true, remedy: CAST };
const DAY: ColumnKind = {
  samples: ["2026-04-30"],
  identifies: true,
  remedy: "It says no time of day: declare a column that does, or cast it to what the field takes.",
};
const TIME_OF_DAY: ColumnKind = { samples: ["12:00:00"], identifies: true, remedy: CAST };
const OBJECT: ColumnKind = {
  samples: [{ a: 1 }],
  identifies: false,
  remedy: "Name a part of it: a path of the mapping goes into it, as does the query.",
};
/** What stands in a list is not looked at but for its sort; as identifiers its elements count. */
const LIST: ColumnKind = {
  samples: [["a"], [1], [true], ["2026-04-30T12:00:00Z"], [{ a: 1 }]],
  identifies: true,
  remedy: "Take one of its elements in the query, or by its position: `payload.name.0`.",
};

/** By the names of DuckDB and of Postgres. */
const KINDS: ReadonlyMap<string, ColumnKind> = new Map([
  ...named(FLAG, "BOOLEAN", "BOOL"),
  ...named(NUMBER, "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT"),
  ...named(NUMBER, "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT"),
  ...named(NUMBER, "FLOAT", "DOUBLE", "DECIMAL"),
  ...named(NUMBER, "INT2", "INT4", "INT8", "FLOAT4", "FLOAT8", "NUMERIC"),
  ...named(WALL_CLOCK, "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS"),
  ...named(INSTANT, "TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ"),
  ...named(DAY, "DATE"),
  ...named(TIME_OF_DAY, "TIME"),
  ...named(OBJECT, "STRUCT", "MAP"),
]);

function named(
  kind: ColumnKind,
  ...types: readonly string[]
): readonly (readonly [string, ColumnKind])[] {
  return types.map((type) => [type, kind]);
}
