import type { CompiledAudiences } from "../mapping/compile.js";

/** Whether a record may be sent with the columns that it has; else what it lacks. */
export type RowNeeds = (
  isFilled: (position: number) => boolean,
  removing: boolean,
) => { readonly areMet: true } | { readonly areMet: false; readonly lacking: string | undefined };

/**
 * What a mapping asks of a record. An addition needs the required columns (`lacking` names the first that
 * is not there); whatever is sent needs a cell that tells who is meant: one that is no attribute, and not
 * the same for everybody (else `lacking` is `undefined`).
 */
export function rowNeeds<B>({
  columns,
  require: { anyOf, allOf },
}: CompiledAudiences<B>): RowNeeds {
  const place = (name: string) => ({ name, at: columns.findIndex((one) => one.name === name) });
  const required = columns.filter((column) => column.required).map(({ name }) => name);
  const all = [...required, ...allOf].map(place);
  const any = anyOf.map(place);
  const telling = columns.flatMap(({ column, everyRow }, at) =>
    column.role !== "attribute" && !everyRow ? [at] : [],
  );
  return (isFilled, removing) => {
    const lacking = removing
      ? undefined
      : (all.find(({ at }) => !isFilled(at))?.name ??
        (any.length === 0 || any.some(({ at }) => isFilled(at)) ? undefined : anyOf.join(" | ")));
    return lacking === undefined && telling.some(isFilled) ? MET : { areMet: false, lacking };
  };
}

const MET = { areMet: true } as const;
