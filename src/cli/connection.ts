/** Connects a run to Meta, or to the emulator in its place. */
import type { Binding } from "../config/binding.js";
import { SecretRef } from "../config/secret-ref.js";
import type { Transport } from "../core/ports.js";
import { fail, ok, type Result } from "../core/result.js";
import { createEmulator } from "../emulator/emulator.js";
import { EMULATOR_TOKEN, emulatorTransport, redirectTransport } from "../emulator/transport.js";
import { memoryStore } from "../store/memory-store.js";
import { openSession, type Session } from "../sync/session.js";
import type { Io } from "./io.js";
import type { EmulatorChoice } from "./run-options.js";

/** Why there is no connection. */
export interface ConnectionFault {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

/** Makes the session of a run. */
export function connect(
  binding: Binding,
  choice: EmulatorChoice,
  now: number | undefined,
  io: Io,
): Result<Session, ConnectionFault> {
  const transport = transportOf(choice, now, io);
  if (!transport.ok) return fail(transport.error);
  const actual = choice.kind === "none" ? binding : withEmulatorToken(binding);
  const parts = { store: memoryStore(), clock: io.clock, transport: transport.value };
  return ok(openSession(actual, parts));
}

function transportOf(
  choice: EmulatorChoice,
  now: number | undefined,
  io: Io,
): Result<Transport | undefined, ConnectionFault> {
  if (choice.kind === "none") return ok(undefined);
  if (choice.kind === "at") return redirectTransport(choice.url);
  const clock = now === undefined ? io.clock : () => now;
  return ok(emulatorTransport(createEmulator({ clock, matching: "cell" })));
}

/** The real token is never resolved for an emulator. */
function withEmulatorToken(binding: Binding): Binding {
  const origin = { kind: "function", read: () => EMULATOR_TOKEN } as const;
  const accessToken = new SecretRef(origin, { env: {}, toml: undefined });
  return { ...binding, credentials: { accessToken } };
}
