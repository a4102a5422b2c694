/** `retl-meta targets`: which audience a name is, and whether what is known of it counts. */
import type { Command } from "commander";
import { remedyOf } from "../../core/catalogue/catalogue.js";
import { targetJson } from "../../report/store-json.js";
import { targetsText } from "../../report/targets-text.js";
import { counted } from "../../report/table.js";
import type { HeldAudience } from "../../store/members.js";
import type { RegisteredTarget, TargetRegistry } from "../../store/target-registry.js";
import { addCommonOptions, commonOptions, type CommonFlags } from "../common-flags.js";
import { EXIT } from "../exit-codes.js";
import { findTarget, type TargetSearch } from "../find-target.js";
import type { Io } from "../io.js";
import { print } from "../print.js";
import { releaseAudience } from "../release-audience.js";
import type { Talk } from "../talk.js";
import { withStore, type StoreWork } from "../with-store.js";

interface LeverFlags extends CommonFlags {
  readonly account?: string;
}

type Lever = "forget" | "distrust";

/** Declares `targets` with its commands. */
export function targetsCommand(targets: Command, io: Io, end: (code: number) => void): void {
  targets.helpCommand(false).addHelpText("after", LIST_EXAMPLE);
  addCommonOptions(targets.command("list").description("list audiences that are known by name"))
    .addHelpText("after", LIST_EXAMPLE)
    .action(async (flags: CommonFlags) => {
      end(await withStore(commonOptions(flags), "read", io, list));
    });
  addLever(targets, "forget", "forget which audience a name is; the next run looks it up", io, end);
  addLever(targets, "distrust", "send everything to an audience again", io, end);
  addCommonOptions(
    targets
      .command("release")
      .description("let another sync take over an audience with its people"),
  )
    .argument("<name-or-id>", "the audience's name, or its id where several have the name")
    .addHelpText("after", '\nExample:\n  retl-meta targets release "VIP customers"\n')
    .action(async (name: string, flags: CommonFlags) => {
      end(
        await withStore(commonOptions(flags), "write", io, (work) => releaseAudience(work, name)),
      );
    });
}

const LIST_EXAMPLE = `
Example:
  retl-meta targets list
`;

async function list(work: StoreWork): Promise<number> {
  const targets = await work.store.targets.list();
  await print(work, { text: () => targetsText(targets), json: () => targets.map(targetJson) });
  return EXIT.ok;
}

function addLever(
  targets: Command,
  lever: Lever,
  description: string,
  io: Io,
  end: (code: number) => void,
): void {
  addCommonOptions(targets.command(lever).description(description))
    .argument("<name>", "the audience's name")
    .option("--account <id>", "its ad account, where several have the name")
    .addHelpText("after", `\nExample:\n  retl-meta targets ${lever} "VIP customers"\n`)
    .action(async (name: string, flags: LeverFlags) => {
      const account = flags.account?.replace(/^act_/, "");
      end(
        await withStore(commonOptions(flags), "write", io, (work) =>
          pull(work, lever, name, account),
        ),
      );
    });
}

async function pull(
  work: StoreWork,
  lever: Lever,
  name: string,
  account: string | undefined,
): Promise<number> {
  const { store, io, talk } = work;
  const search = findTarget(await store.targets.list(), name, account);
  if (search.kind !== "found") return notFound(search, name, talk);
  const { target } = search;
  const held = (await store.members.audiences()).find(
    ({ audienceId, rows }) => audienceId === target.audienceId && rows > 0,
  );
  await LEVERS[lever](store.targets, target, io.clock());
  await print(work, {
    text: () => `${SAID[lever](target, held)}\n`,
    json: () => ({ did: lever, target: name, ad_account_id: target.adAccountId }),
  });
  return EXIT.ok;
}

const LEVERS: Readonly<
  Record<Lever, (of: TargetRegistry, target: RegisteredTarget, now: number) => Promise<boolean>>
> = {
  forget: (of, { adAccountId, target }) => of.forget(adAccountId, target),
  distrust: (of, { adAccountId, target }, now) => of.distrust(adAccountId, target, now),
};

const SAID: Readonly<
  Record<Lever, (target: RegisteredTarget, held: HeldAudience | undefined) => string>
> = {
  forget: ({ target, adAccountId }, held) =>
    `"${target}" of ad account ${adAccountId} is forgotten: the next run looks the name up, and creates the audience when there is none.${held === undefined ? "" : forgottenMirror(held)}`,
  distrust: ({ target, adAccountId }) =>
    `"${target}" of ad account ${adAccountId} is not trusted: nothing acknowledged until now counts, and the next run sends everything to it again.`,
};

/** Of a mirror's audience that means more than a look-up. */
function forgottenMirror({ audienceId, rows }: HeldAudience): string {
  return ` ${counted(rows, "row")} of people ${rows === 1 ? "is" : "are"} known to be in it (${audienceId}): if the same audience is found, everybody is sent to it again; if it is another one, everybody is sent to that, and this one counts as vanished.`;
}

async function notFound(
  search: Exclude<TargetSearch, { kind: "found" }>,
  name: string,
  talk: Talk,
): Promise<number> {
  if (search.kind === "unknown")
    return talk.error(
      "targets.unknown",
      `no audience is known by the name "${name}"`,
      search.near === undefined ? remedyOf("targets.unknown") : `Did you mean "${search.near}"?`,
    );
  const accounts = search.accounts.join(", ");
  if (search.kind === "several")
    return talk.error(
      "targets.several",
      `several ad accounts have an audience "${name}": ${accounts}`,
      remedyOf("targets.several"),
    );
  return talk.error(
    "targets.elsewhere",
    `that ad account has no audience "${name}"; known is the one of ${accounts}`,
    remedyOf("targets.elsewhere"),
  );
}
