import { Compilations } from "./compilations.js";
import type { Declaration, SyncFile } from "../config/sync-file.js";
import type { Diagnostic } from "../core/diagnostic.js";
import { nearName } from "../core/near-name.js";
import { fail, ok, type Result } from "../core/result.js";
import { compile } from "../mapping/compile.js";
import type { CheckedMapping } from "../mapping/form.js";
import { RECORD_SHAPE } from "../mapping/record-shape.js";
import type { RowBatch } from "../planning/rendered-groups.js";
import { declaredColumns, declaredRows } from "../sources/declared-rows.js";
import { openSource } from "../sources/open-source.js";
import type { ColumnBatch, OpenSource } from "../sources/source.js";
import type { MirrorRules, MirrorWords } from "./mirror/mirror-rules.js";
import type { RunInput } from "./run-input.js";

/** What a run over the source of a sync file needs. */
export interface SyncRun {
  readonly sync: SyncFile;
  readonly mapping: CheckedMapping;
  readonly now: number | undefined;
  /** What the user says of a mirror. */
  readonly words: MirrorWords;
}

/** A source that is open, as the input of a run. */
export interface OpenInput {
  readonly input: RunInput<ColumnBatch>;
  readonly source: OpenSource;
}

/** Opens the source of a sync file and checks its declaration against the columns, before any row. */
export async function openSyncInput(
  run: SyncRun,
): Promise<Result<OpenInput, readonly Diagnostic[]>> {
  const { sync, mapping, now, words } = run;
  const { declaration } = sync;
  const unused = unusedIdentifiers(declaration, mapping);
  const source = await openSource(sync.source, declaredColumns(declaration));
  if (!source.ok) return fail([...unused, ...source.error]);
  const declared = declaredRows(declaration, source.value.columns);
  if (!declared.ok || unused.length > 0) {
    source.value.close();
    return fail([...unused, ...(declared.ok ? [] : declared.error)]);
  }
  const { rows, wanted } = declared.value;
  const input: RunInput<ColumnBatch> = {
    sync: sync.name,
    mapping,
    rows: () => rows,
    compilations: new Compilations(rows.shape),
    batches: rowBatches(source.value.batches(wanted)),
    now,
    maxAgeSeconds: declaration.kind === "event" ? declaration.maxAgeSeconds : undefined,
    wholeSource: true,
    mirror: mirrorRules(sync, words),
    onDoubt: declaration.kind === "event" ? declaration.onDoubt : "hold",
  };
  return ok({ input, source: source.value });
}

/** Rows that are who should be there are compared; those that say what to do are sent. */
function mirrorRules(
  { declaration, source }: SyncFile,
  words: MirrorWords,
): MirrorRules | undefined {
  if (declaration.kind === "event" || declaration.operations.kind === "listed") return undefined;
  const { kind, ...rules } = declaration.operations;
  return { ...rules, place: source.place, ...words };
}

async function* rowBatches(
  batches: AsyncIterable<ColumnBatch>,
): AsyncGenerator<RowBatch<ColumnBatch>> {
  for await (const batch of batches) yield { batch, rows: batch.rows };
}

/** An identifier that is declared and goes nowhere is a slip: the person would not be found by it. */
export function unusedIdentifiers(
  { identifiers, identifierPlaces }: Declaration,
  mapping: CheckedMapping,
): readonly Diagnostic[] {
  const known = compile(mapping, RECORD_SHAPE, new Map()).identifierTypes;
  const list = [...known].map((one) => `\`${one}\``).join(", ");
  return [...identifiers.keys()]
    .filter((type) => !known.has(type))
    .map((type) => {
      const near = nearName(type, known);
      const reads = `The mapping \`${mapping.file}\` reads ${list}.`;
      return {
        code: "sync.unused_identifier",
        severity: "error",
        message: `the mapping does not read identifiers of type \`${type}\``,
        remedy:
          near === undefined
            ? `${reads} Leave this one out, or let the mapping read it.`
            : `Did you mean \`${near}\`? ${reads}`,
        place: identifierPlaces.get(type) ?? { kind: "value", source: mapping.file, path: type },
      };
    });
}
