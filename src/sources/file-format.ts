/** How a file is read. */
export interface FileFormat {
  readonly kind: "csv" | "ndjson" | "parquet";
  readonly gzip: boolean;
}

const ENDINGS: ReadonlyMap<string, FileFormat> = new Map([
  [".csv", { kind: "csv", gzip: false }],
  [".csv.gz", { kind: "csv", gzip: true }],
  [".ndjson", { kind: "ndjson", gzip: false }],
  [".ndjson.gz", { kind: "ndjson", gzip: true }],
  [".jsonl", { kind: "ndjson", gzip: false }],
  [".jsonl.gz", { kind: "ndjson", gzip: true }],
  [".parquet", { kind: "parquet", gzip: false }],
]);

/** The endings that {@link fileFormat} knows. */
export const FILE_ENDINGS: readonly string[] = [...ENDINGS.keys()];

/** The format that the ending of a file's name stands for, in any case. */
export function fileFormat(file: string): FileFormat | undefined {
  const ending = /\.[^./\\]+(?:\.gz)?$/i.exec(file)?.[0];
  return ending === undefined ? undefined : ENDINGS.get(ending.toLowerCase());
}
