/** `retl-meta explain`: what a code means, and what to do about it. */
import type { Command } from "commander";
import { CHECKS } from "../../checks/registry.js";
import { cataloguedCodes, entryOf } from "../../core/catalogue/catalogue.js";
import { manualPlaceOf } from "../../core/manual-place.js";
import { nearName } from "../../core/near-name.js";
import { FINDING_CODES, manualPlace, type FindingCode } from "../../doctor/finding.js";
import { ERROR_RULES, type ErrorRule } from "../../generated/errors.js";
import { EXIT } from "../exit-codes.js";
import type { Io } from "../io.js";
import { manualFile } from "../manual-file.js";
import { Talk } from "../talk.js";

/** Declares `explain`. */
export function explainCommand(command: Command, io: Io, end: (code: number) => void): void {
  command
    .argument("[code]", "such as store.in_use or 190/463; all but Meta's are listed without it")
    .addHelpText("after", EXAMPLES)
    .action(async (code: string | undefined) => {
      end(await explain(code, io));
    });
}

const EXAMPLES = `
Examples:
  retl-meta explain store.in_use
  retl-meta explain check.event_id_absent
  retl-meta explain 190/463
`;

/** How much a finding matters depends on what was found, and so does the exit code. */
const FINDING_EXIT =
  "Exit code of `doctor`: 3 where it stops every run, 1 for a warning, 0 for a note.";

const CHECK_CODES = CHECKS.map((check) => check.code);
const CODES: readonly string[] = [...CHECK_CODES, ...cataloguedCodes(), ...FINDING_CODES];

async function explain(wanted: string | undefined, io: Io): Promise<number> {
  if (wanted === undefined) {
    await io.stdout(`${CODES.join("\n")}\n`);
    return EXIT.ok;
  }
  const text = await pageOf(wanted, io);
  if (text === undefined) return unknown(wanted, io);
  await io.stdout(text);
  return EXIT.ok;
}

async function pageOf(wanted: string, io: Io): Promise<string | undefined> {
  const check = CHECK_CODES.find((one) => one === wanted || one === `check.${wanted}`);
  if (check !== undefined) return io.readFile(manualFile(manualPlaceOf(check)));
  const found = FINDING_CODES.find((one) => one === wanted);
  if (found !== undefined) return findingPage(found, io);
  return entryText(wanted) ?? rulesText(wanted);
}

/** The section of the doctor's page. */
async function findingPage(code: FindingCode, io: Io): Promise<string> {
  const [file = ""] = manualPlace(code).split("#");
  const page = await io.readFile(manualFile(file));
  const section = page.split(/^## /m).find((part) => part.startsWith(`${code}\n`)) ?? "";
  return `# ${section.trimEnd()}\n\n${FINDING_EXIT} More: ${manualPlace(code)}\n`;
}

function entryText(code: string): string | undefined {
  const entry = entryOf(code);
  if (entry === undefined) return undefined;
  const { cause, remedy, exit } = entry;
  return `# ${code}\n\n${cause}\n\nTo do: ${remedy}\n\nExit code ${String(exit)}. More: ${manualPlaceOf(code)}\n`;
}

/** What Meta's code means; what is known of its subcode, else of the code alone. */
function rulesText(wanted: string): string | undefined {
  const [, code, subcode] = /^(\d+)(?:\/(\d+))?$/.exec(wanted) ?? [];
  const ofCode = ERROR_RULES.filter((rule) => String(rule.code) === code);
  const exact = ofCode.filter((rule) => String(rule.subcode) === subcode);
  const rules =
    subcode === undefined ? ofCode : exact.length > 0 ? exact : ofCode.filter(isOfCodeAlone);
  return rules.length === 0 ? undefined : rules.map(ruleText).join("\n");
}

function isOfCodeAlone({ subcode, message }: ErrorRule): boolean {
  return subcode === undefined && message === undefined;
}

function ruleText({ code, subcode, message, meaning, advice, page, ...rule }: ErrorRule): string {
  const number = subcode === undefined ? String(code) : `${String(code)}/${String(subcode)}`;
  const text = message === undefined ? "" : `, with "${message}" in its message`;
  return `# Meta's code ${number}${text} (${rule.class})\n\n${meaning}\n\nTo do: ${advice}\n\nMeta: ${page}\n`;
}

function onlyOneBeginning(wanted: string): string | undefined {
  const [first, ...others] = CODES.filter(
    (code) => code.startsWith(wanted) || code.startsWith(`check.${wanted}`),
  );
  return others.length === 0 ? first : undefined;
}

async function unknown(wanted: string, io: Io): Promise<number> {
  const near = nearName(wanted, CODES) ?? onlyOneBeginning(wanted);
  return new Talk(io, false, false).error(
    "cli.unknown_code",
    "there is no page for this code",
    near === undefined ? "`retl-meta explain` lists them all." : `Did you mean \`${near}\`?`,
  );
}
