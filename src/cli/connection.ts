/** Connects a run to Meta, or to the emulator in its place, and opens its store. */
import path from "node:path";
import type { Binding } from "../config/binding.js";
import { SecretRef } from "../config/secret-ref.js";
import type { Transport } from "../core/ports.js";
import { ok, type Result } from "../core/result.js";
import { createEmulator } from "../emulator/emulator.js";
import { askInstanceId } from "../emulator/instance.js";
import { EMULATOR_TOKEN, emulatorTransport, redirectTransport } from "../emulator/transport.js";
import { memoryStore } from "../store/memory/memory-store.js";
import type { Store } from "../store/store.js";
import { openSession, type Session } from "../sync/session.js";
import type { Io } from "./io.js";
import type { LoadedRun } from "./load-run.js";
import { openStore, readStore, storeFile, type StorePlace } from "./open-store.js";
import type { RunOptions } from "./run-options.js";

/** Why there is no connection. */
export interface ConnectionFault {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

/** Makes the session of a run; a dry one only reads its store. Whoever has it closes the store. */
export async function connect(
  { binding, sync }: Pick<LoadedRun, "binding" | "sync">,
  options: RunOptions,
  mode: "dry" | "live",
  io: Io,
): Promise<Result<Session, ConnectionFault>> {
  const { emulator, now } = options;
  const clock = now === undefined ? io.clock : () => now;
  const transport = transportOf(options, clock);
  if (!transport.ok) return transport;
  const store = await storeOf(sync?.store ?? binding.store, options, mode, io);
  if (!store.ok) return store;
  const actual = emulator.kind === "none" ? binding : withEmulatorToken(binding);
  const { random, sleep } = io;
  const parts = { store: store.value, clock, transport: transport.value, random, sleep };
  return ok(openSession(actual, parts));
}

function transportOf(
  { emulator }: RunOptions,
  clock: () => number,
): Result<Transport | undefined, ConnectionFault> {
  if (emulator.kind === "none") return ok(undefined);
  if (emulator.kind === "at") return redirectTransport(emulator.url);
  return ok(emulatorTransport(createEmulator({ clock, matching: "cell" })));
}

/** What an emulator knows is kept apart from what Meta knows. */
async function storeOf(
  declared: string | undefined,
  { emulator, store }: RunOptions,
  mode: "dry" | "live",
  io: Io,
): Promise<Result<Store, ConnectionFault>> {
  if (emulator.kind === "own") return ok(memoryStore());
  const open = mode === "live" ? openStore : readOrNothing;
  if (emulator.kind === "none")
    return open({ file: storeFile(store, declared, undefined, io), origin: "graph" });
  const instance = await askInstanceId(emulator.url);
  if (!instance.ok) return instance;
  const file = storeFile(store, undefined, EMULATOR_STORE, io);
  return open({ file, origin: `emulator:${instance.value}` });
}

/** Without a store nothing is known. */
async function readOrNothing(place: StorePlace): Promise<Result<Store, ConnectionFault>> {
  const opened = await readStore(place);
  return opened.ok ? ok(opened.value ?? memoryStore()) : opened;
}

const EMULATOR_STORE = path.join(".retl", "emulator.duckdb");

/** The real token is never resolved for an emulator. */
function withEmulatorToken(binding: Binding): Binding {
  const origin = { kind: "function", read: () => EMULATOR_TOKEN } as const;
  const accessToken = new SecretRef(origin, { env: {}, toml: undefined });
  return { ...binding, credentials: { accessToken } };
}
