/** Prepares what `plan` and `sync` run on, and clears up after them. */
import type { SyncFile } from "../config/sync-file.js";
import type { Diagnostic } from "../core/diagnostic.js";
import type { MirrorWords } from "../sync/mirror/mirror-rules.js";
import { recordInput } from "../sync/record-input.js";
import type { RunInput } from "../sync/run-input.js";
import type { Session } from "../sync/session.js";
import { openSyncInput } from "../sync/sync-input.js";
import { connect } from "./connection.js";
import { EXIT } from "./exit-codes.js";
import type { Io } from "./io.js";
import { loadRun, type LoadedRun } from "./load-run.js";
import { readRecords } from "./read-records.js";
import type { RunOptions } from "./run-options.js";
import type { Talk } from "./talk.js";

/** A run that can start. */
export interface ReadyRun<B> {
  readonly input: RunInput<B>;
  readonly session: Session;
}

/** What a command does with a run, whatever its rows are; gives the exit code. */
export type RunBody = <B>(run: ReadyRun<B>) => Promise<number>;

/** Loads, connects and opens a run, and hands it to the command. */
export async function withRun(
  options: RunOptions,
  mode: "dry" | "live",
  io: Io,
  talk: Talk,
  body: RunBody,
): Promise<number> {
  const loading = await loadRun(options.source, options, io, talk);
  const found = await talk.diagnostics(loading.diagnostics);
  const loaded = loading.run;
  // Whatever was found: what cannot start does not end well.
  if (loaded === undefined) return Math.max(found, EXIT.badInput);
  const blocked = mode === "live" ? missingToken(loaded, options) : undefined;
  if (blocked !== undefined) return talk.fault(blocked);
  const session = await connect(loaded, options, { mode, mayBeFirst: true }, io);
  if (!session.ok) return talk.fault(session.error);
  const run = { ...loaded, session: session.value, mode, options };
  try {
    return await (loaded.sync === undefined
      ? recordRun(run, io, body)
      : syncRun(run, io, talk, body));
  } finally {
    await session.value.store.close();
  }
}

/** Said before a store is made and a source is read; an emulator never sees the real token. */
function missingToken({ binding }: LoadedRun, { emulator }: RunOptions): Diagnostic | undefined {
  if (emulator.kind !== "none") return undefined;
  const token = binding.credentials.accessToken.resolve();
  return token.ok ? undefined : token.error;
}

interface StartedRun extends LoadedRun {
  readonly session: Session;
  readonly mode: "dry" | "live";
  readonly options: RunOptions;
}

/** Ages are checked at the clock; a plan over records checks them only where the clock is frozen. */
function recordRun(run: StartedRun, io: Io, body: RunBody): Promise<number> {
  const { mapping, session, mode, options } = run;
  const { source } = options;
  const file = source.kind === "records" ? source.records : "-";
  const input = recordInput({
    mapping,
    binding: session.binding,
    records: readRecords(file, io),
    now: options.now ?? (mode === "live" ? io.clock() : undefined),
  });
  return body({ input, session });
}

async function syncRun(run: StartedRun, io: Io, talk: Talk, body: RunBody): Promise<number> {
  const { sync, mapping, session, options } = run;
  if (sync === undefined) throw new TypeError("a run over a source has a sync file");
  const misplaced = misplacedWord(sync, options.words);
  if (misplaced !== undefined) return talk.usage(misplaced);
  const opened = await openSyncInput({
    sync,
    mapping,
    now: options.now ?? io.clock(),
    words: options.words,
  });
  if (!opened.ok) return talk.diagnostics(opened.error);
  try {
    return await body({ input: opened.value.input, session });
  } finally {
    opened.value.source.close();
  }
}

/** What is said of a mirror makes no sense of a sync that compares nothing. */
function misplacedWord(
  { declaration }: SyncFile,
  { allowedRemovals, fullRefresh }: MirrorWords,
): string | undefined {
  const option = fullRefresh ? "--full-refresh" : "--allow-removals";
  if (!fullRefresh && allowedRemovals.kind === "guarded") return undefined;
  if (declaration.kind === "event")
    return `${option} goes with a sync of people; events are neither removed nor sent again.`;
  return declaration.operations.kind === "listed"
    ? `${option} goes with a sync that compares; with \`operation_column\` the rows say themselves what to do.`
    : undefined;
}
