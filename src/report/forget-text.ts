/** What erasing people came to, as a person reads it: counts and audiences, never identifiers. */
import {
  erasedAudiences,
  forgetStatus,
  type ErasedAudience,
  type ForgetResult,
} from "../sync/forget/forget-result.js";
import { failureText } from "./run-problems.js";
import { counted, figure, left, right, textTable } from "./table.js";
import { reasonsText, total } from "./value-reasons.js";

/** The whole report; ends with a newline. */
export function forgetText(result: ForgetResult): string {
  const sections = [headline(result), audienceTable(result), dropped(result), problemList(result)];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

function headline(result: ForgetResult): string {
  const { dryRun, people, identifiers, suppressedBefore } = result;
  const before =
    suppressedBefore === 0
      ? ""
      : ` (${figure(suppressedBefore)} of them ${suppressedBefore === 1 ? "was" : "were"} suppressed before)`;
  const who = `${counted(people, "person", "people")}, ${counted(identifiers, "identifier")}${before}`;
  if (people === 0)
    return `forget: the file names nobody who could be removed${sentAnyway(result)}`;
  if (dryRun) return `forget: ${who}; nothing was sent or written`;
  return `forget: ${who}; suppressed, and removal ${ENDED[forgetStatus(result)]}`;
}

/** Of somebody suppressed earlier something may have been left to remove. */
function sentAnyway(result: ForgetResult): string {
  if (result.dryRun || result.runs.every((run) => run.result.requests.attempts === 0)) return "";
  return `; removal of whoever was suppressed before ${ENDED[forgetStatus(result)]}`;
}

const ENDED = {
  succeeded: "succeeded",
  partially_succeeded: "succeeded in part",
  failed: "FAILED",
  blocked: "BLOCKED",
  interrupted: "INTERRUPTED",
} as const;

function audienceTable(result: ForgetResult): string {
  const audiences = erasedAudiences(result);
  if (audiences.length === 0 && result.people === 0) return "";
  if (audiences.length === 0)
    return "No audience is managed by this store: there was nobody to remove.";
  const columns = result.dryRun ? [HELD, TO_REMOVE] : [HELD, SENT, ACKNOWLEDGED];
  return textTable(
    [left("AUDIENCE"), ...columns.map(([title]) => right(title))],
    audiences.map((one) => [one.target, ...columns.map(([, of]) => figure(of(one)))]),
  );
}

type Column = readonly [title: string, of: (audience: ErasedAudience) => number];

const HELD: Column = ["ROWS HELD", ({ held }) => held];
const TO_REMOVE: Column = ["ROWS TO REMOVE", ({ planned }) => planned];
const SENT: Column = ["ROWS SENT", ({ planned }) => planned];
const ACKNOWLEDGED: Column = ["ACKNOWLEDGED", ({ acknowledged }) => acknowledged];

function dropped({ droppedRows }: ForgetResult): string {
  return droppedRows === 0
    ? ""
    : `${counted(droppedRows, "row")} of audiences that are gone ${droppedRows === 1 ? "is" : "are"} not held any more.`;
}

function problemList(result: ForgetResult): string {
  const lines = [
    ...result.busy.map(({ because }) => `  ${because}: run \`forget\` again once it has ended.`),
    ...result.runs.flatMap(({ result: { failures, stopped } }) => [
      ...failures.map((failure) => `  ${failureText(failure)}`),
      ...(stopped === undefined ? [] : [`  The run stopped: ${stopped}`]),
    ]),
    ...unusable(result),
  ];
  return lines.length === 0 ? "" : ["What went wrong:", ...lines].join("\n");
}

/** What of the file nobody can be found by. */
type Unusable = Pick<ForgetResult, "rejections" | "dropped">;

function unusable({ rejections, dropped: values }: Unusable): readonly string[] {
  return [
    ...rejections
      .slice(0, SHOWN)
      .map(({ identity, message }) => `  Row ${identity} of the file: ${message}`),
    ...more(rejections.length),
    ...[...values].map(
      ([column, reasons]) =>
        `  ${counted(total(reasons), "value")} for \`${column}\` could not be used, and nobody is found by ${total(reasons) === 1 ? "it" : "them"}: ${reasonsText(reasons)}.`,
    ),
  ];
}

const SHOWN = 20;

function more(rejections: number): readonly string[] {
  const others = rejections - SHOWN;
  return others > 0 ? [`  ${counted(others, "more row")} of the file cannot be used.`] : [];
}

/** What ending the suppression of people came to. */
export interface Lifted extends Unusable {
  readonly people: number;
  /** How many identifiers were suppressed, and are not any more. */
  readonly lifted: number;
}

/** The same as a person reads it; ends with a newline. */
export function liftedText(of: Lifted): string {
  const said = `forget: ${counted(of.lifted, "identifier")} of ${counted(of.people, "person", "people")} no longer suppressed; the next runs send them again.`;
  const wrong = unusable(of);
  return `${[said, ...(wrong.length === 0 ? [] : ["", "What went wrong:", ...wrong])].join("\n")}\n`;
}
