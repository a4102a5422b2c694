/** The types of a result's columns, as far as their values are read by them. */

/** A type of a server. */
export interface ColumnType {
  readonly oid: number;
  /** In capitals: `INT4`, `TIMESTAMPTZ`, `TEXT[]`. */
  readonly name: string;
  /** The type of its elements, when it is an array. */
  readonly element: ColumnType | undefined;
  /** What stands between the elements of an array of this type. */
  readonly delimiter: string;
}

/**
 * Finds types, what arrays are of, and what domains stand for. Any type that uses the input
 * function of arrays is one, whatever its name.
 *
 * @param oids numbers of types, as the description of a result gives them
 */
export function typesQuery(oids: readonly number[]): string {
  return `WITH RECURSIVE needed AS (
  SELECT ${COLUMNS} FROM pg_catalog.pg_type AS t WHERE t.oid IN (${["0", ...oids].join(", ")})
  UNION
  SELECT ${COLUMNS} FROM pg_catalog.pg_type AS t JOIN needed AS n ON t.oid IN (n.element, n.base)
) SELECT * FROM needed`;
}

const COLUMNS = `t.oid, t.typname::text, t.typdelim::text, t.typbasetype AS base,
    CASE WHEN t.typinput = 'pg_catalog.array_in'::pg_catalog.regproc THEN t.typelem ELSE 0 END AS element`;

interface TypeRow {
  readonly name: string;
  readonly delimiter: string;
  readonly base: number;
  readonly element: number;
}

/** Makes a look-up of the rows of {@link typesQuery}. */
export function readTypes(
  rows: readonly (readonly (string | null)[])[],
): (oid: number) => ColumnType {
  const known = new Map(
    rows.map(([oid, name, delimiter, base, element]): readonly [number, TypeRow] => [
      Number(oid),
      {
        name: name ?? "",
        delimiter: delimiter ?? ",",
        base: Number(base),
        element: Number(element),
      },
    ]),
  );
  const typeOf = (oid: number): ColumnType => {
    const row = known.get(oid);
    if (row === undefined) return { oid, name: `OID ${oid}`, element: undefined, delimiter: "," };
    if (row.base !== 0) return typeOf(row.base);
    const { name, delimiter } = row;
    if (row.element === 0) return { oid, name: name.toUpperCase(), element: undefined, delimiter };
    const element = typeOf(row.element);
    return { oid, name: `${element.name}[]`, element, delimiter };
  };
  return typeOf;
}
