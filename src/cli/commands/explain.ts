/** `retl-meta explain`: the page about a check. */
import type { Command } from "commander";
import { CHECKS } from "../../checks/registry.js";
import { nearName } from "../../core/near-name.js";
import { EXIT } from "../exit-codes.js";
import type { Io } from "../io.js";
import { Talk } from "../talk.js";
import { checkPage } from "../check-page.js";

/** Declares `explain`. */
export function explainCommand(command: Command, io: Io, end: (code: number) => void): void {
  command
    .argument("[code]", "such as check.event_id_absent; all codes are listed without it")
    .addHelpText("after", "\nExample:\n  retl-meta explain check.event_id_absent\n")
    .action(async (code: string | undefined) => {
      end(await explain(code, io));
    });
}

const CODES = CHECKS.map((check) => check.code);

async function explain(wanted: string | undefined, io: Io): Promise<number> {
  if (wanted === undefined) {
    await io.stdout(`${CODES.join("\n")}\n`);
    return EXIT.ok;
  }
  const code = CODES.find((one) => one === wanted || one === `check.${wanted}`);
  if (code === undefined) return unknown(wanted, io);
  await io.stdout(await io.readFile(checkPage(code)));
  return EXIT.ok;
}

function onlyOneBeginning(wanted: string): string | undefined {
  const [first, ...others] = CODES.filter(
    (code) => code.startsWith(wanted) || code.startsWith(`check.${wanted}`),
  );
  return others.length === 0 ? first : undefined;
}

async function unknown(wanted: string, io: Io): Promise<number> {
  const near = nearName(wanted, CODES) ?? onlyOneBeginning(wanted);
  await new Talk(io, false, false).error(
    "cli.unknown_code",
    "there is no page for this code",
    near === undefined
      ? "Codes that begin with `check.` have one, and `retl-meta explain` lists them; other messages say themselves what to do."
      : `Did you mean \`${near}\`?`,
  );
  return EXIT.badInput;
}
