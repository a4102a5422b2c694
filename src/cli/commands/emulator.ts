/** `retl-meta emulator`: a local Graph API until it is interrupted. */
import { Option, type Command } from "commander";
import { STATE_PATH } from "../../emulator/emulator.js";
import { FAULT_KINDS, type FaultRates } from "../../emulator/faults/fault.js";
import { startEmulator } from "../../emulator/http.js";
import { EXIT } from "../exit-codes.js";
import type { Io } from "../io.js";
import { readCallsPerHour, readCount, readFault, readNow, readPort } from "../options.js";
import { Talk } from "../talk.js";

interface EmulatorFlags {
  readonly port?: number;
  readonly now?: number;
  readonly matching: "cell" | "person";
  readonly fault?: FaultRates;
  readonly seed?: number;
  readonly callsPerHour?: number;
  readonly quiet?: boolean;
}

/** Declares `emulator`. */
export function emulatorCommand(command: Command, io: Io, end: (code: number) => void): void {
  command
    .option("--port <n>", "the port to listen on (else any that is free)", readPort)
    .option("--now <time>", "freeze the clock", readNow)
    .addOption(
      new Option("--matching <model>", "how audiences hold members: identifiers, or people")
        .choices(["cell", "person"])
        .default("cell"),
    )
    .option("--fault <kind=rate>", `make requests go wrong: ${FAULT_KINDS.join(", ")}`, readFault)
    .option("--seed <n>", "which requests the faults strike", readCount)
    .option("--calls-per-hour <n>", "throttle above so many calls", readCallsPerHour)
    .option("--quiet", "print the URL and nothing else")
    .addHelpText("after", EXAMPLES)
    .action(async (flags: EmulatorFlags) => {
      end(await runEmulator(flags, io, new Talk(io, false, flags.quiet ?? false)));
    });
}

const EXAMPLES = `
Example:
  retl-meta emulator --port 4025
  retl-meta emulator --port 4025 --fault 5xx=5% --fault reset=5% --seed 7
  retl-meta sync purchases.sync.yaml --emulator http://127.0.0.1:4025
`;

/** Starts the emulator, says where it listens, and waits to be interrupted. */
async function runEmulator(flags: EmulatorFlags, io: Io, talk: Talk): Promise<number> {
  const { now, port, matching, fault, seed, callsPerHour } = flags;
  try {
    const emulator = await startEmulator({
      clock: now === undefined ? io.clock : () => now,
      matching,
      ...(port === undefined ? {} : { port }),
      ...(fault === undefined ? {} : { faults: fault }),
      ...(seed === undefined ? {} : { seed }),
      ...(callsPerHour === undefined ? {} : { callsPerHour }),
    });
    await io.stdout(`${emulator.url}\n`);
    await talk.note(`GET ${STATE_PATH} tells what it holds. Ctrl-C ends it.`);
    await io.interrupted();
    await emulator.stop();
    return EXIT.ok;
  } catch (error) {
    if (!isListenError(error)) throw error;
    return talk.error(
      "emulator.port",
      `port ${String(port ?? 0)} cannot be used (${error.code})`,
      "Choose another one with --port, or leave it out to take any that is free.",
    );
  }
}

function isListenError(error: unknown): error is Error & { readonly code: string } {
  const known = ["EADDRINUSE", "EACCES"];
  return error instanceof Error && "code" in error && known.includes(String(error.code));
}
