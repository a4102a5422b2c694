/** Runs of contract records against an emulator, in virtual time: whole sessions, nothing sleeps. */
import { readFileSync } from "node:fs";
import { declareBinding, type BindingOptions } from "../../../src/config/binding-options.js";
import type { Binding } from "../../../src/config/binding.js";
import type { DoubtPolicy } from "../../../src/config/sync-file.js";
import { resolveBinding } from "../../../src/config/resolve-binding.js";
import type { Surface } from "../../../src/core/outcome.js";
import type { Sleep, Transport } from "../../../src/core/ports.js";
import type { Rejection } from "../../../src/core/record.js";
import type { Waiting } from "../../../src/delivery/delivered.js";
import type { RunResult } from "../../../src/delivery/run-result.js";
import { createEmulator, type Emulator } from "../../../src/emulator/emulator.js";
import type { SeedAudience } from "../../../src/emulator/options.js";
import { emulatorTransport } from "../../../src/emulator/transport.js";
import { readMapping } from "../../../src/mapping/read-mapping.js";
import { runJson } from "../../../src/report/run-json.js";
import { memoryStore } from "../../../src/store/memory/memory-store.js";
import { emptyTables } from "../../../src/store/memory/tables.js";
import type { RequestPlan } from "../../../src/planning/request-plan.js";
import { dryRun } from "../../../src/sync/dry-run.js";
import { liveRun, type DeliveryListener } from "../../../src/sync/live-run.js";
import { NO_WISHES } from "../../../src/sync/run-input.js";
import { incomingRecords, recordInput } from "../../../src/sync/record-input.js";
import { openSession, type SessionParts } from "../../../src/sync/session.js";
import { Chance } from "../../simulation/time/chance.js";
import { VirtualTime } from "../../simulation/time/virtual-time.js";
import { NOW } from "../entries.js";
import { inTime, sleepIn } from "../world.js";

/** Contract records, in any iterable. */
type Records = Iterable<unknown> | AsyncIterable<unknown>;

/** A request that left for Meta. */
export interface SentCall {
  /** When, in milliseconds since the epoch. */
  readonly at: number;
  readonly method: string;
  /** Without the API version. */
  readonly path: string;
}

/** How an account is made; what is missing is as usual. */
export interface AccountSettings {
  /** What stands between the client and the emulator. */
  readonly between?: (meta: Transport, account: EmulatedAccount) => Transport;
  readonly binding?: Partial<BindingOptions>;
  readonly parts?: Partial<SessionParts>;
  /** What Meta has to begin with. */
  readonly audiences?: readonly SeedAudience[];
}

/** What one run may be told. */
export interface RunWords {
  readonly resend?: boolean;
  readonly interrupted?: AbortSignal;
  readonly onDoubt?: DoubtPolicy;
  /** Hears beside the account's own ears. */
  readonly listener?: DeliveryListener;
  /** Its exchanges end by an answer only: a process that is killed at one never notices. */
  readonly neverTimesOut?: boolean;
}

/** An ad account at an emulated Meta, and the store of whoever delivers to it. */
export class EmulatedAccount {
  readonly time = new VirtualTime(NOW);
  readonly chance = new Chance(1);
  readonly tables = emptyTables();
  readonly store = memoryStore(this.tables);
  readonly emulator: Emulator;
  readonly calls: SentCall[] = [];
  readonly waits: Waiting[] = [];
  readonly rejections: Rejection[] = [];
  private readonly binding: Binding;

  constructor(
    private readonly surface: Surface,
    private readonly settings: AccountSettings = {},
  ) {
    this.binding = bindingOf(surface, settings.binding);
    const { audiences = [] } = settings;
    const world = { clock: this.time.clock, matching: "cell", instanceId: "test" } as const;
    this.emulator = createEmulator({ ...world, audiences, keepEvents: 1_000_000 });
  }

  /** The requests that delivering records would send first. */
  async plan(records: Records): Promise<readonly RequestPlan[]> {
    const requests: RequestPlan[] = [];
    await this.dryRun(records, {}, (request) => void requests.push(request));
    return requests;
  }

  async dryRun(
    records: Records,
    { resend = false }: RunWords = {},
    request: (request: RequestPlan) => void = () => undefined,
  ): Promise<RunResult> {
    const session = this.session(sleepIn(this.time));
    const wishes = { ...NO_WISHES, resend };
    return inTime(this.time, dryRun(this.input(records), session, { request }, wishes));
  }

  /** Delivers records as one run, to its end. */
  async deliver(records: Records, words: RunWords = {}): Promise<RunResult> {
    return inTime(this.time, this.start(records, words));
  }

  /** Starts a run; time has to be let pass for it. */
  start(records: Records, words: RunWords = {}): Promise<RunResult> {
    const { resend = false, interrupted, neverTimesOut = false, onDoubt = "hold" } = words;
    const timer = neverTimesOut ? () => new Promise<void>(() => undefined) : sleepIn(this.time);
    return liveRun({ ...this.input(records), onDoubt }, this.session(timer), {
      listener: {
        rejection: (rejection) => void this.rejections.push(rejection),
        event: (event) => {
          if (event.kind === "waiting") this.waits.push(event.waiting);
        },
        ...words.listener,
      },
      wishes: { ...NO_WISHES, resend },
      describe: (result) => JSON.stringify(runJson(result)),
      ...(interrupted === undefined ? {} : { interrupted }),
    });
  }

  private input(records: Records) {
    return recordInput({
      mapping: mappingOf(this.surface),
      binding: this.binding,
      records: incomingRecords(records),
      now: this.time.clock(),
    });
  }

  private session(timer: Sleep) {
    return openSession(this.binding, {
      store: this.store,
      clock: this.time.clock,
      transport: this.transport(),
      sleep: sleepIn(this.time),
      timer,
      random: this.chance.next,
      holder: "test",
      ...this.settings.parts,
    });
  }

  private transport(): Transport {
    const emulator = emulatorTransport(this.emulator);
    const meta = this.settings.between?.(emulator, this) ?? emulator;
    return (request) => {
      const path = new URL(request.url).pathname.replace(/^\/v[\d.]+/, "");
      this.calls.push({ at: this.time.clock(), method: request.method, path });
      return meta(request);
    };
  }
}

/** The access token of these tests. */
export const TOKEN = "planted-token-3f9a";

function bindingOf(surface: Surface, more: Partial<BindingOptions> = {}): Binding {
  const config = { adAccountId: "1", pixelId: "456", actionSource: "website" } as const;
  const usual = { config, credentials: { accessToken: () => TOKEN } };
  const declaration = declareBinding({ ...usual, ...more }, "/");
  const binding = resolveBinding(declaration, surface, { env: {}, toml: undefined });
  if (!binding.ok) throw new Error(binding.error.map(({ message }) => message).join("\n"));
  return binding.value;
}

function mappingOf(surface: Surface) {
  const name = surface === "events" ? "events" : "custom_audiences";
  const file = new URL(`../../../mappings/${name}.yaml`, import.meta.url);
  const { mapping, diagnostics } = readMapping(readFileSync(file, "utf8"), name);
  if (mapping === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return mapping;
}

/** A lead that plans well; it happened an hour ago. */
export function lead(id: string, changes: Readonly<Record<string, unknown>> = {}) {
  return {
    event_name: "Lead",
    occurred_at: "2026-04-30T11:00:00Z",
    record_identity: id,
    key: { event_id: id },
    identifiers: [{ type: "email", value: `${id}@example.test` }],
    payload: {},
    ...changes,
  };
}

/** Leads `<prefix>-0` and so on. */
export function leads(
  count: number,
  prefix = "e",
  changes: Readonly<Record<string, unknown>> = {},
) {
  return Array.from({ length: count }, (_, index) => lead(`${prefix}-${String(index)}`, changes));
}

/** A person that is to be added to, or removed from, an audience. */
export function member(id: string, operation: "upsert" | "remove" = "upsert", target = "VIP") {
  return {
    operation,
    target,
    record_identity: id,
    key: { customer_id: id },
    identifiers: [{ type: "email", value: `${id}@example.test` }],
    payload: {},
  };
}
