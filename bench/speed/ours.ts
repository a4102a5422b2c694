/** From rows to the bytes of request bodies, by the planner of every run. */
import type { Binding } from "../../src/config/binding.js";
import { readSyncFile } from "../../src/config/read-sync-file.js";
import { loadDestination } from "../../src/destination/load-destination.js";
import type { CheckedMapping } from "../../src/mapping/form.js";
import { emptyTally } from "../../src/mapping/scope.js";
import { admitAll } from "../../src/planning/admission.js";
import { verifyRequest } from "../../src/planning/verify.js";
import { fileBytes } from "../../src/sources/file-bytes.js";
import { readRecordLines } from "../../src/sources/record-lines.js";
import { NO_MIRROR_WORDS } from "../../src/sync/mirror/mirror-rules.js";
import { planRun } from "../../src/sync/planning.js";
import { recordInput, type IncomingRecord } from "../../src/sync/record-input.js";
import type { RunInput } from "../../src/sync/run-input.js";
import { openSyncInput } from "../../src/sync/sync-input.js";
import { AUDIENCE } from "./records.js";

/** A shipped mapping with the configuration that it needs. */
export interface Setup {
  readonly mapping: CheckedMapping;
  readonly binding: Binding;
}

/** What a mapping of events needs to be known. */
export const EVENTS_CONFIG = { adAccountId: "1", pixelId: "2", actionSource: "website" } as const;

/** Loads a shipped mapping. */
export async function setUp(mapping: string): Promise<Setup> {
  return loadDestination("retl/meta", {
    mapping: `mappings/${mapping}.yaml`,
    directory: process.cwd(),
    env: {},
    config: EVENTS_CONFIG,
    targets: { [AUDIENCE]: "7001" },
  });
}

/** What is done to each request beside making its bytes. */
export interface BodyOptions {
  /** Holds the whole body against the spec, as dry runs do. */
  readonly verify?: boolean;
}

/** Plans contract records; gives the bytes of all bodies. */
export function planRecords(
  setup: Setup,
  records: AsyncIterable<readonly IncomingRecord[]>,
  options: BodyOptions = {},
): Promise<number> {
  return bodyBytes(setup, recordInput({ ...setup, records, now: undefined }), options);
}

/** The objects of an NDJSON file, by the product's own reader. */
export async function* recordsOf(file: string): AsyncGenerator<readonly IncomingRecord[]> {
  for await (const lines of readRecordLines(fileBytes({ path: file, kind: "ndjson", gzip: false })))
    yield lines.map(({ line, value }) => ({ position: line, value }));
}

/** Plans the rows of a sync file's source; gives the bytes of all bodies. */
export async function planFile(setup: Setup, text: string, directory: string): Promise<number> {
  const sync = readSyncFile(text, "bench.sync.yaml", directory);
  if (!sync.ok) throw new Error(sync.error.map(({ message }) => message).join("; "));
  const opened = await openSyncInput({
    sync: sync.value,
    mapping: setup.mapping,
    now: undefined,
    words: NO_MIRROR_WORDS,
  });
  if (!opened.ok) throw new Error(opened.error.map(({ message }) => message).join("; "));
  try {
    return await bodyBytes(setup, opened.value.input, {});
  } finally {
    opened.value.source.close();
  }
}

async function bodyBytes<B>(
  { binding }: Setup,
  input: RunInput<B>,
  { verify = false }: BodyOptions,
): Promise<number> {
  let bytes = 0;
  const planned = planRun({
    ...input,
    binding,
    tally: emptyTally(),
    past: undefined,
    stopped: () => false,
    admit: admitAll,
    resolve: () => Promise.resolve({ kind: "resolved", id: "7001", status: "mapped" }),
  });
  for await (const item of planned) {
    if (item.kind !== "request") throw new Error(`a record came to be ${item.kind}`);
    const { request } = item.planned;
    if (verify && verifyRequest(request).length > 0) throw new Error("a body breaks the spec");
    bytes += request.bodyBytes.length;
  }
  return bytes;
}
