import type { Binding } from "../config/binding.js";
import { createRedactor } from "../core/redact.js";
import { ok, type Result } from "../core/result.js";
import type { MetaPort } from "../doctor/ask-meta.js";
import { createGraphClient } from "../graph/client.js";
import { createInspector } from "../graph/inspector.js";
import { bindingFor, transportOf, type ConnectionFault } from "./connection.js";
import type { Io } from "./io.js";
import type { EmulatorChoice } from "./run-options.js";

/** Connects to Meta, or to the emulator in its place, to ask it something. */
export function metaPort(
  binding: Binding,
  emulator: EmulatorChoice,
  io: Io,
): Result<MetaPort, ConnectionFault> {
  const transport = transportOf({ emulator }, io.clock);
  if (!transport.ok) return transport;
  const { credentials, config } = bindingFor(binding, emulator);
  const options = {
    accessToken: () => credentials.accessToken.resolve(),
    apiVersion: config.apiVersion,
    clock: io.clock,
    ...(transport.value === undefined ? {} : { transport: transport.value }),
  };
  return ok({
    client: createGraphClient(options),
    inspector: createInspector(options),
    redact: createRedactor(() => credentials.accessToken.liveSecrets()),
  });
}
