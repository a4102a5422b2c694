/** `retl-meta targets`: which audience a name is, and whether what is known of it counts. */
import type { Command } from "commander";
import { nearName } from "../../core/near-name.js";
import { snakeJson } from "../../report/snake-json.js";
import { targetsText } from "../../report/targets-text.js";
import { addCommonOptions, commonOptions, type CommonFlags } from "../common-flags.js";
import { EXIT } from "../exit-codes.js";
import type { Io } from "../io.js";
import { print, withStore, type StoreWork } from "../with-store.js";

interface LeverFlags extends CommonFlags {
  readonly account?: string;
}

type Lever = "forget" | "distrust";

/** Adds `targets` with its commands. */
export function targetsCommand(program: Command, io: Io, end: (code: number) => void): void {
  const targets = program
    .command("targets")
    .description("list audiences that are known by name; forget or distrust one");
  addCommonOptions(targets.command("list").description("list audiences that are known by name"))
    .addHelpText("after", "\nExample:\n  retl-meta targets list\n")
    .action(async (flags: CommonFlags) => {
      end(await withStore(commonOptions(flags), "read", io, list));
    });
  addLever(targets, "forget", "forget which audience a name is; the next run looks it up", io, end);
  addLever(targets, "distrust", "send everything to an audience again", io, end);
}

async function list(work: StoreWork): Promise<number> {
  const targets = await work.store.targets.list();
  await print(
    work,
    () => targets.map(snakeJson),
    () => targetsText(targets),
  );
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
      end(
        await withStore(commonOptions(flags), "write", io, (work) =>
          pull(work, lever, name, flags.account?.replace(/^act_/, "")),
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
  const known = await store.targets.list();
  const found = known.filter(
    (one) => one.target === name && (account === undefined || one.adAccountId === account),
  );
  const [target, ...others] = found;
  if (target === undefined) {
    const near = nearName(name, new Set(known.map((one) => one.target)));
    await talk.error(
      "targets.unknown",
      `no audience is known by the name "${name}"`,
      near === undefined ? "`targets list` shows them." : `Did you mean "${near}"?`,
    );
    return EXIT.badInput;
  }
  if (others.length > 0)
    return talk.usage(
      `Several ad accounts have it: ${found.map((one) => one.adAccountId).join(", ")}. Say which with --account.`,
    );
  const { adAccountId } = target;
  if (lever === "forget") await store.targets.forget(adAccountId, name);
  else await store.targets.distrust(adAccountId, name, io.clock());
  await print(
    work,
    () => ({ target: name, ad_account_id: adAccountId, did: lever }),
    () => `${SAID[lever](name)}\n`,
  );
  return EXIT.ok;
}

const SAID: Readonly<Record<Lever, (name: string) => string>> = {
  forget: (name) =>
    `"${name}" is forgotten: the next run looks the name up, and creates the audience when there is none.`,
  distrust: (name) =>
    `"${name}" is not trusted from now on: the next run sends everything to it again.`,
};
