/** `retl-meta doctor`: whether a sync can be delivered, and what to do about what is in its way. */
import type { Command } from "commander";
import { ok, type Result } from "../../core/result.js";
import { askMeta, type Subject } from "../../doctor/ask-meta.js";
import { doctorJson } from "../../doctor/doctor-json.js";
import { doctorText } from "../../doctor/doctor-text.js";
import type { Fault, MetaFacts } from "../../doctor/facts.js";
import { healthOf, judge, type Health } from "../../doctor/judge.js";
import { API_VERSION } from "../../generated/constants.js";
import type { RegisteredTarget } from "../../store/target-registry.js";
import { addBindingOptions, bindingOptions, type BindingFlags } from "../binding-flags.js";
import { commonOptions, swallowed } from "../common-flags.js";
import { storePlace } from "../connection.js";
import { EXIT } from "../exit-codes.js";
import type { Io } from "../io.js";
import {
  loadBinding,
  loadVariables,
  type BindingSource,
  type LoadedBinding,
} from "../load-binding.js";
import { metaPort } from "../meta-port.js";
import type { StorePlace } from "../open-store.js";
import { print } from "../print.js";
import type { CommonOptions, EmulatorChoice } from "../run-options.js";
import { readStoreFacts, type StoreReading } from "../store-facts.js";
import { Talk } from "../talk.js";

/** Declares `doctor`. */
export function doctorCommand(command: Command, io: Io, end: (code: number) => void): void {
  command.argument("[sync.yaml]", "the sync that is to be delivered; without it Meta is not asked");
  addBindingOptions(command)
    .addHelpText("after", EXAMPLES)
    .action(async (file: string | undefined, flags: BindingFlags) => {
      const talk = new Talk(io, flags.json ?? false, flags.quiet ?? false);
      const options = bindingOptions(file, flags);
      if (typeof options === "string") return end(await talk.usage(options));
      const { source, emulator } = options;
      const common = commonOptions(flags);
      if (source === undefined && emulator.kind !== "none")
        return end(
          await talk.usage(`--emulator goes with a sync file or --binding.${swallowed(flags)}`),
        );
      const patient = await patientOf(source, common, io, talk);
      end(
        patient.ok
          ? await examine(patient.value, { ...common, emulator }, io, talk)
          : patient.error,
      );
    });
}

const EXAMPLES = `
Examples:
  retl-meta doctor purchases.sync.yaml
  retl-meta doctor --binding meta.yaml --json
`;

interface DoctorOptions extends CommonOptions {
  readonly emulator: EmulatorChoice;
}

const EXITS: Readonly<Record<Health, number>> = {
  well: EXIT.ok,
  findings: EXIT.findings,
  blocked: EXIT.blocked,
};

/** Without a file only the store is there to be looked at. */
type Patient =
  | ({ readonly kind: "binding" } & LoadedBinding)
  | ({ readonly kind: "store" } & Pick<LoadedBinding, "declared" | "variables">);

async function patientOf(
  source: BindingSource | undefined,
  options: CommonOptions,
  io: Io,
  talk: Talk,
): Promise<Result<Patient, number>> {
  if (source === undefined) {
    const variables = await loadVariables(options, io, talk);
    return variables.ok
      ? ok({ kind: "store", declared: undefined, variables: variables.value })
      : variables;
  }
  const loaded = await loadBinding(source, options, io, talk);
  return loaded.ok ? ok({ kind: "binding", ...loaded.value }) : loaded;
}

async function examine(
  patient: Patient,
  options: DoctorOptions,
  io: Io,
  talk: Talk,
): Promise<number> {
  const store = await storeOf(patient, options, io);
  const meta = await metaOf(patient, options.emulator, store.targets, io);
  if (!meta.ok) return talk.fault(meta.error);
  const facts = { now: io.clock(), meta: meta.value, store: store.facts };
  const findings = judge(facts);
  await print(
    { io, options, talk },
    { text: () => doctorText(facts, findings), json: () => doctorJson(facts, findings) },
  );
  return EXITS[healthOf(findings)];
}

async function storeOf(
  { declared, variables }: Patient,
  { emulator, store }: DoctorOptions,
  io: Io,
): Promise<StoreReading> {
  if (emulator.kind === "own") return { facts: { kind: "in_memory" }, targets: [] };
  const place: Result<StorePlace, Fault> = await storePlace(
    { declared, variables },
    { emulator, store },
    io,
  );
  return readStoreFacts(place, io);
}

async function metaOf(
  patient: Patient,
  emulator: EmulatorChoice,
  targets: readonly RegisteredTarget[],
  io: Io,
): Promise<Result<MetaFacts, Fault>> {
  if (patient.kind === "store") return ok({ kind: "not_asked", apiVersion: API_VERSION });
  const port = metaPort(patient.binding, emulator, io);
  if (!port.ok) return port;
  return ok(await askMeta(subjectOf(patient, targets), port.value));
}

function subjectOf(
  { binding, surfaces }: LoadedBinding,
  registered: readonly RegisteredTarget[],
): Subject {
  const { adAccountId, apiVersion, pixelId, eventRoutes } = binding.config;
  const mapped = Array.from(binding.targets, ([target, audienceId]) => ({
    target,
    audienceId,
    from: "binding" as const,
  }));
  // A mapped name is never looked up in the registry.
  const known = registered.flatMap(({ target, audienceId, adAccountId: account }) =>
    audienceId === undefined || account !== adAccountId || binding.targets.has(target)
      ? []
      : [{ target, audienceId, from: "store" as const }],
  );
  const pixels =
    pixelId === undefined ? [...eventRoutes.values()] : [pixelId, ...eventRoutes.values()];
  return {
    surfaces,
    adAccountId,
    apiVersion,
    pixelIds: surfaces.includes("events") ? [...new Set(pixels)] : [],
    audiences: surfaces.includes("custom_audiences") ? [...mapped, ...known] : [],
  };
}
