/** Connects a run to Meta, or to the emulator in its place, and opens its store. */
import type { ErrorCode } from "../core/catalogue/catalogue.js";
import path from "node:path";
import type { Binding } from "../config/binding.js";
import { SecretRef } from "../config/secret-ref.js";
import type { StoreReference } from "../config/store-reference.js";
import type { Transport } from "../core/ports.js";
import { fail, ok, type Result } from "../core/result.js";
import { createEmulator } from "../emulator/emulator.js";
import { askInstanceId } from "../emulator/instance.js";
import { EMULATOR_TOKEN, emulatorTransport, redirectTransport } from "../emulator/transport.js";
import { memoryStore } from "../store/memory/memory-store.js";
import type { Store, StoreOrigin } from "../store/store.js";
import { openSession, type Session } from "../sync/session.js";
import type { Io } from "./io.js";
import type { LoadedRun } from "./load-run.js";
import {
  chosenStore,
  missingStore,
  nameOf,
  openExisting,
  openStore,
  placeOf,
  readStore,
  type StorePlace,
  type Variables,
} from "./open-store.js";
import type { EmulatorChoice, RunOptions } from "./run-options.js";

/** Why there is no connection. */
export interface ConnectionFault {
  readonly code: ErrorCode;
  readonly message: string;
  readonly remedy: string;
}

/** What a connection is for. */
export interface ConnectionUse {
  /** A dry one only reads its store. */
  readonly mode: "dry" | "live";
  /** Whether there may be no store yet: then nothing is known, or one is made. */
  readonly mayBeFirst: boolean;
}

/** What a connection needs of the options of a command. */
export type ConnectionOptions = Pick<RunOptions, "emulator" | "now" | "store">;

/** Makes the session of a run. Whoever has it closes the store. */
export async function connect(
  { binding, sync, variables }: Pick<LoadedRun, "binding" | "sync" | "variables">,
  options: ConnectionOptions,
  use: ConnectionUse,
  io: Io,
): Promise<Result<Session, ConnectionFault>> {
  const { emulator, now } = options;
  const clock = now === undefined ? io.clock : () => now;
  const transport = transportOf(options, clock);
  if (!transport.ok) return transport;
  const declared = { declared: sync?.store ?? binding.store, variables };
  const store = await storeOf(declared, options, use, io);
  if (!store.ok) return store;
  const actual = bindingFor(binding, emulator);
  const { random, sleep } = io;
  const parts = { store: store.value, clock, transport: transport.value, random, sleep };
  return ok(openSession(actual, parts));
}

/** Talks to Meta when it gives nothing. */
export function transportOf(
  { emulator }: Pick<ConnectionOptions, "emulator">,
  clock: () => number,
): Result<Transport | undefined, ConnectionFault> {
  if (emulator.kind === "none") return ok(undefined);
  if (emulator.kind === "at") return redirectTransport(emulator.url);
  return ok(emulatorTransport(createEmulator({ clock, matching: "cell" })));
}

/** What an emulator knows is kept apart from what Meta knows. */
async function storeOf(
  declared: DeclaredStore,
  { emulator, store }: ConnectionOptions,
  { mode, mayBeFirst }: ConnectionUse,
  io: Io,
): Promise<Result<Store, ConnectionFault>> {
  if (emulator.kind === "own") return ok(memoryStore());
  const place = await storePlace(declared, { emulator, store }, io);
  if (!place.ok) return place;
  if (!mayBeFirst) return existing(place.value, mode);
  return mode === "live" ? openStore(place.value) : readOrNothing(place.value);
}

/** A store that the files of a run may name, and the variables that its URL may be in. */
export interface DeclaredStore {
  readonly declared: StoreReference | undefined;
  readonly variables: Variables;
}

/** Where the store of a run lies, and whose truth it holds. */
export async function storePlace(
  { declared, variables }: DeclaredStore,
  {
    emulator,
    store,
  }: { readonly emulator: OutlastingEmulator; readonly store: string | undefined },
  io: Io,
): Promise<Result<StorePlace, ConnectionFault>> {
  const chosen =
    emulator.kind === "none"
      ? chosenStore(store, declared, undefined, io)
      : chosenStore(store, undefined, EMULATOR_STORE, io);
  if (!chosen.ok) return chosen;
  const origin = await originOf(emulator);
  if (!origin.ok) return origin;
  return placeOf(chosen.value, variables, origin.value);
}

/** One that is there after the command, or none. */
type OutlastingEmulator = Exclude<EmulatorChoice, { kind: "own" }>;

async function existing(
  place: StorePlace,
  mode: ConnectionUse["mode"],
): Promise<Result<Store, ConnectionFault>> {
  const opened = await (mode === "live" ? openExisting(place) : readStore(place));
  if (!opened.ok) return opened;
  return opened.value === undefined ? fail(missingStore(nameOf(place))) : ok(opened.value);
}

async function originOf(
  emulator: OutlastingEmulator,
): Promise<Result<StoreOrigin, ConnectionFault>> {
  if (emulator.kind === "none") return ok("graph");
  const instance = await askInstanceId(emulator.url);
  return instance.ok ? ok(`emulator:${instance.value}` as const) : instance;
}

/** Without a store nothing is known. */
async function readOrNothing(place: StorePlace): Promise<Result<Store, ConnectionFault>> {
  const opened = await readStore(place);
  return opened.ok ? ok(opened.value ?? memoryStore()) : opened;
}

const EMULATOR_STORE = path.join(".retl", "emulator.duckdb");

/** The real token is never resolved for an emulator. */
export function bindingFor(binding: Binding, emulator: EmulatorChoice): Binding {
  if (emulator.kind === "none") return binding;
  const origin = { kind: "function", read: () => EMULATOR_TOKEN } as const;
  const accessToken = new SecretRef(origin, { env: {}, toml: undefined });
  return { ...binding, credentials: { accessToken } };
}
