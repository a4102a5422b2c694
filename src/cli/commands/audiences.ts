/** `retl-meta audiences`: what an ad account has, and which of it is managed here. */
import type { Command } from "commander";
import { ok, type Result } from "../../core/result.js";
import { AUDIENCE_DETAILS, type AudienceDetails } from "../../graph/audience-details.js";
import { classify, type FailedAnswer } from "../../graph/classification.js";
import { summarizeFailure } from "../../graph/failure-summary.js";
import { readAudiences, type Listing } from "../../graph/list-audiences.js";
import { audienceJson, audiencesText, type NamedAudience } from "../../report/listed-audiences.js";
import type { RegisteredTarget } from "../../store/target-registry.js";
import { addBindingOptions, bindingOptions, type BindingFlags } from "../binding-flags.js";
import { commonOptions, swallowed } from "../common-flags.js";
import { storePlace, type ConnectionFault } from "../connection.js";
import { EXIT } from "../exit-codes.js";
import type { Io } from "../io.js";
import { loadBinding, type LoadedBinding } from "../load-binding.js";
import { metaPort } from "../meta-port.js";
import { readStore } from "../open-store.js";
import { print } from "../print.js";
import type { CommonOptions, EmulatorChoice } from "../run-options.js";
import { Talk } from "../talk.js";

/** Declares `audiences`. */
export function audiencesCommand(command: Command, io: Io, end: (code: number) => void): void {
  command.argument("[sync.yaml]", "a sync file that names the ad account");
  addBindingOptions(command)
    .addHelpText("after", EXAMPLES)
    .action(async (file: string | undefined, flags: BindingFlags) => {
      const talk = new Talk(io, flags.json ?? false, flags.quiet ?? false);
      const options = bindingOptions(file, flags);
      if (typeof options === "string") return end(await talk.usage(options));
      const { source, emulator } = options;
      if (source === undefined)
        return end(
          await talk.usage(
            `name a sync file, or give --binding with a binding file.${swallowed(flags)}`,
          ),
        );
      const common = commonOptions(flags);
      const loaded = await loadBinding(source, common, io, talk);
      end(
        loaded.ok ? await listThem(loaded.value, { ...common, emulator }, io, talk) : loaded.error,
      );
    });
}

const EXAMPLES = `
Examples:
  retl-meta audiences vip_customers.sync.yaml
  retl-meta audiences --binding meta.yaml --json
`;

interface ListOptions extends CommonOptions {
  readonly emulator: EmulatorChoice;
}

async function listThem(
  loaded: LoadedBinding,
  options: ListOptions,
  io: Io,
  talk: Talk,
): Promise<number> {
  const registered = await registeredTargets(loaded, options, io);
  if (!registered.ok) return talk.fault(registered.error);
  const port = metaPort(loaded.binding, options.emulator, io);
  if (!port.ok) return talk.fault(port.error);
  const { client, redact } = port.value;
  const { adAccountId } = loaded.binding.config;
  const listing = await readAudiences(client, adAccountId, AUDIENCE_DETAILS, () => true);
  if (listing.kind !== "listed")
    return unlisted(listing, adAccountId, talk, (answer) =>
      summarizeFailure(answer, classify(answer), redact),
    );
  const audiences = byName(listing.audiences).map((one) => named(one, loaded, registered.value));
  await print(
    { io, options, talk },
    { text: () => audiencesText(audiences), json: () => audiences.map(audienceJson) },
  );
  return EXIT.ok;
}

/** What the store knows of the ad account; without a store that is nothing. */
async function registeredTargets(
  { binding, declared, variables }: LoadedBinding,
  { emulator, store }: ListOptions,
  io: Io,
): Promise<Result<readonly RegisteredTarget[], ConnectionFault>> {
  if (emulator.kind === "own") return ok([]);
  const place = await storePlace({ declared, variables }, { emulator, store }, io);
  if (!place.ok) return place;
  const opened = await readStore(place.value);
  if (!opened.ok) return opened;
  try {
    const targets = (await opened.value?.targets.list()) ?? [];
    return ok(targets.filter((one) => one.adAccountId === binding.config.adAccountId));
  } finally {
    await opened.value?.close();
  }
}

async function unlisted(
  listing: Exclude<Listing<AudienceDetails>, { kind: "listed" }>,
  adAccountId: string,
  talk: Talk,
  summaryOf: (answer: FailedAnswer) => string,
): Promise<number> {
  const blocked = listing.kind === "refused" && classify(listing.answer).class === "account";
  return talk.error(
    blocked ? "audiences.forbidden" : "audiences.unlisted",
    `the audiences of the ad account ${adAccountId} cannot be listed`,
    listing.kind === "refused"
      ? summaryOf(listing.answer)
      : "Meta's list of audiences cannot be read; run again.",
  );
}

function byName(audiences: readonly AudienceDetails[]): readonly AudienceDetails[] {
  const key = ({ name = "", id }: AudienceDetails) => `${name}\u0000${id}`;
  return [...audiences].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

function named(
  details: AudienceDetails,
  { binding }: LoadedBinding,
  registered: readonly RegisteredTarget[],
): NamedAudience {
  const [mappedAs] = [...binding.targets].find(([, id]) => id === details.id) ?? [];
  const known = registered.find(({ audienceId }) => audienceId === details.id);
  return {
    details,
    mappedAs,
    managedAs: known?.target,
    createdByUs: known?.createdByUs ?? false,
  };
}
