/** Runs of sync files against an emulator, in a time that leaps: nothing sleeps. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import type { Binding } from "../../../src/config/binding.js";
import { readSyncFile } from "../../../src/config/read-sync-file.js";
import { declaredMapping, resolveBinding } from "../../../src/config/resolve-binding.js";
import { canonicalJson } from "../../../src/core/digest.js";
import type { Sleep, Transport } from "../../../src/core/ports.js";
import { DEFAULT_RETRY_POLICY, type RetryPolicy } from "../../../src/delivery/retry-policy.js";
import type { RunResult } from "../../../src/delivery/run-result.js";
import { createEmulator, type Emulator } from "../../../src/emulator/emulator.js";
import { emulatorTransport } from "../../../src/emulator/transport.js";
import type { MatchingKind } from "../../../src/emulator/world/matching.js";
import type { RequestPlan } from "../../../src/planning/request-plan.js";
import { runJson } from "../../../src/report/run-json.js";
import { memoryStore } from "../../../src/store/memory/memory-store.js";
import { emptyTables } from "../../../src/store/memory/tables.js";
import type { Store } from "../../../src/store/store.js";
import type { ColumnBatch } from "../../../src/sources/source.js";
import { dryRun } from "../../../src/sync/dry-run.js";
import { liveRun, type DeliveryListener } from "../../../src/sync/live-run.js";
import { loadMapping } from "../../../src/sync/load-mapping.js";
import { NO_MIRROR_WORDS, type MirrorWords } from "../../../src/sync/mirror/mirror-rules.js";
import type { RunInput } from "../../../src/sync/run-input.js";
import { openSession, type Session } from "../../../src/sync/session.js";
import { openSyncInput } from "../../../src/sync/sync-input.js";

/** A request about people that left for Meta. */
export interface SentUsers {
  /** `REPLACE` for a request of a replace. */
  readonly method: string;
  /** The audience. */
  readonly id: string;
  readonly body: string;
  readonly at: number;
}

/** How a world is made; what is missing is as usual. */
export interface MirrorSettings {
  readonly matching?: MatchingKind;
  readonly store?: Store;
  /** What Meta has to begin with: names and ids of audiences. */
  readonly audiences?: Readonly<Record<string, string>>;
  /** Codes of `operation_status`, by name. */
  readonly statuses?: Readonly<Record<string, number>>;
}

/** What one run may be told. */
export interface RunWords extends Partial<MirrorWords> {
  readonly interrupted?: AbortSignal;
  readonly listener?: DeliveryListener;
  /** The text of the sync file; the usual one when missing. */
  readonly sync?: string;
  readonly retry?: Partial<RetryPolicy>;
  /** Whether there is a token; there is when missing. */
  readonly hasToken?: boolean;
  /** Another opening of the store, for a run beside another one. */
  readonly store?: Store;
}

export const NOW = Date.UTC(2026, 3, 30, 12);
export const DAY = 86_400_000;

/** A sync over `people.csv`, with more lines of `state` and of `destination`. */
export function syncText(state: readonly string[] = [], destination: readonly string[] = []) {
  return [
    "sync: people",
    "source: { file: people.csv }",
    "state:",
    "  key: { id: id }",
    "  target: audience",
    "  identifiers: { email: { all: [email, work_email] }, phone_e164: phone }",
    ...state.map((line) => `  ${line}`),
    "destination:",
    "  mapping: custom_audiences",
    "  credential_namespace: destinations.meta",
    '  config: { ad_account_id: "1" }',
    ...destination.map((line) => `  ${line}`),
    "",
  ].join("\n");
}

/** A person in the source; what is missing is blank. */
export interface Person {
  readonly id: string;
  readonly audience?: string;
  readonly email?: string;
  readonly work_email?: string;
  readonly phone?: string;
}

const COLUMNS = ["id", "audience", "email", "work_email", "phone"] as const;

/** The source that lists some people. */
export function csv(people: readonly Person[]): string {
  const lines = people.map((person) =>
    COLUMNS.map((name) => person[name] ?? (name === "audience" ? "VIP" : "")).join(","),
  );
  return [COLUMNS.join(","), ...lines, ""].join("\n");
}

/** People `<prefix>0` and so on, each with an address. */
export function people(count: number, prefix = "p", audience = "VIP"): readonly Person[] {
  return Array.from({ length: count }, (_, index) => {
    const id = `${prefix}${String(index)}`;
    return { id, audience, email: `${id}@example.test` };
  });
}

/** A user of mirrors: an emulated Meta, a store, and a source that changes from run to run. */
export class MirrorWorld {
  readonly emulator: Emulator;
  readonly tables = emptyTables();
  readonly store: Store;
  /** In the order in which they left. */
  readonly sent: SentUsers[] = [];
  /** What stands between the client and the emulator. */
  between: (meta: Transport) => Transport = (meta) => meta;
  private instant = NOW;
  private folder: string | undefined;

  constructor(settings: MirrorSettings = {}) {
    const { matching = "cell", store, audiences: given = {}, statuses = {} } = settings;
    const audiences = Object.entries(given).map(([name, id]) => {
      const operationStatus = statuses[name];
      const seed = { adAccountId: "1", name, id };
      return operationStatus === undefined ? seed : { ...seed, operationStatus };
    });
    const known = { matching, instanceId: "test", audiences } as const;
    this.emulator = createEmulator({ clock: this.clock, ...known });
    this.store = store ?? memoryStore(this.tables);
  }

  readonly clock = (): number => this.instant;

  pass(ms: number): void {
    this.instant += ms;
  }

  /** Runs a sync over a source, an hour after whatever was before. */
  async run(source: string, words: RunWords = {}): Promise<RunResult> {
    this.pass(3_600_000);
    return this.opened(source, words, (input, session) =>
      liveRun(input, session, {
        describe: (result) => JSON.stringify(runJson(result)),
        ...(words.interrupted === undefined ? {} : { interrupted: words.interrupted }),
        ...(words.listener === undefined ? {} : { listener: words.listener }),
      }),
    );
  }

  /** What a run over a source would send first. */
  async plan(
    source: string,
    words: RunWords = {},
  ): Promise<{ readonly result: RunResult; readonly requests: readonly RequestPlan[] }> {
    const requests: RequestPlan[] = [];
    const request = (one: RequestPlan) => void requests.push(one);
    const result = await this.opened(source, words, (input, session) =>
      dryRun(input, session, { request }),
    );
    return { result, requests };
  }

  /** The identifiers that Meta holds of an audience, in order. */
  held(name = "VIP"): readonly string[] {
    return this.emulator
      .state()
      .audiences.filter((audience) => audience.name === name)
      .flatMap(({ held }) => held.map(({ identifier }) => identifier))
      .sort();
  }

  /** Forgets what was sent; gives it. */
  takeSent(): readonly SentUsers[] {
    return this.sent.splice(0);
  }

  private async opened<T>(
    source: string,
    { sync: text = syncText(), retry, hasToken = true, store, ...words }: RunWords,
    work: (input: RunInput<ColumnBatch>, session: Session) => Promise<T>,
  ): Promise<T> {
    const folder = await this.folderOf(store);
    await writeFile(path.join(folder, "people.csv"), source);
    const { input, binding, close } = await inputOf(text, folder, this.instant, {
      ...words,
      hasToken,
    });
    try {
      return await work(input, { ...this.session(binding, retry), ...(store && { store }) });
    } finally {
      close();
    }
  }

  /** A run beside another one has a source of its own. */
  private async folderOf(store: Store | undefined): Promise<string> {
    if (store !== undefined) return newFolder();
    this.folder ??= await newFolder();
    return this.folder;
  }

  /** A session of a binding with this Meta and this store. */
  session(binding: Binding, retry: Partial<RetryPolicy> = {}): Session {
    return openSession(binding, {
      store: this.store,
      clock: this.clock,
      transport: this.transport(),
      sleep: this.sleep,
      timer: () => new Promise(() => undefined),
      random: () => 0.5,
      retry: { ...DEFAULT_RETRY_POLICY, ...retry },
      holder: "test",
    });
  }

  private readonly sleep: Sleep = (ms, signal) => {
    if (!signal.aborted) this.instant += ms;
    return Promise.resolve();
  };

  private transport(): Transport {
    const meta = this.between(emulatorTransport(this.emulator));
    return async (request) => {
      const [, , id = "", edge] = new URL(request.url).pathname.split("/");
      if (edge === "users" || edge === "usersreplace") {
        const body = await request.clone().text();
        const method = edge === "users" ? request.method : "REPLACE";
        this.sent.push({ method, id, body, at: this.instant });
      }
      return meta(request);
    };
  }
}

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "retl-meta-mirror-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function inputOf(
  text: string,
  folder: string,
  now: number,
  { hasToken, ...words }: Partial<MirrorWords> & { readonly hasToken: boolean },
) {
  const sync = readSyncFile(text, "people.sync.yaml", folder);
  if (!sync.ok) throw new Error(sync.error.map(({ message }) => message).join("\n"));
  const env = hasToken ? { DESTINATIONS__META__ACCESS_TOKEN: "planted-token-3f9a" } : {};
  const sources = { env, toml: undefined };
  const binding = resolveBinding(sync.value.binding, "custom_audiences", sources);
  if (!binding.ok) throw new Error(binding.error.map(({ message }) => message).join("\n"));
  const reference = declaredMapping(sync.value.binding);
  const { mapping } =
    reference === undefined
      ? { mapping: undefined }
      : await loadMapping(reference, (file) => readFile(file, "utf8"));
  if (mapping === undefined) throw new Error("the shipped mapping cannot be read");
  const run = { sync: sync.value, mapping, now, words: { ...NO_MIRROR_WORDS, ...words } };
  const opened = await openSyncInput(run);
  if (!opened.ok) throw new Error(opened.error.map(({ message }) => message).join("\n"));
  const { input, source } = opened.value;
  return {
    input,
    binding: binding.value,
    close: () => {
      source.close();
    },
  };
}

/** The rows of a request, each as its cells that are not blank. */
export function rowsOf({ body }: SentUsers): readonly string[] {
  const parsed: unknown = JSON.parse(body);
  return isUpload(parsed)
    ? parsed.payload.data.map((row) =>
        canonicalJson(
          row.flatMap((cell, index) =>
            cell === "" ? [] : [`${parsed.payload.schema[index] ?? ""}=${String(cell)}`],
          ),
        ),
      )
    : [];
}

interface Upload {
  readonly payload: {
    readonly schema: readonly string[];
    readonly data: readonly (readonly unknown[])[];
  };
}

function isUpload(value: unknown): value is Upload {
  return typeof value === "object" && value !== null && "payload" in value;
}
