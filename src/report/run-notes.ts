/** What is worth knowing of a run beyond its counts. */
import type { MirroredAudience, RunResult } from "../delivery/run-result.js";
import { REPLACE_SESSION_SECONDS } from "../generated/constants.js";
import { counted } from "./table.js";
import { reasonsText, total } from "./value-reasons.js";

/**
 * One sentence each; none where there is nothing to say.
 *
 * @param judged fields of whose values a match-quality report tells as much, and more
 */
export function runNotes(result: RunResult, judged: ReadonlySet<string>): readonly string[] {
  return [...mirrorNotes(result), ...stateNotes(result), ...fieldNotes(result, judged)];
}

/** Who is still in an audience, audiences that have gone, replaces that broke off, and what less would do. */
function mirrorNotes({ mirror }: RunResult): readonly string[] {
  const { audiences = [], missing = [], misnamed = [] } = mirror ?? {};
  return [
    ...misnamed.map(
      ({ target, near }) =>
        `\`--allow-removals "${target}"\` allows nothing: no audience of this run has that name.${near === undefined ? "" : ` Did you mean "${near}"?`}`,
    ),
    ...audiences
      .filter(({ rows }) => rows.refusedRemovals > 0)
      .map(({ target, rows }) => stillThere(target, rows.refusedRemovals)),
    ...missing.map(
      (audience) =>
        `The audience ${audience} does not exist any more, or is of another ad account; the source wants nobody in it.`,
    ),
    ...audiences.filter(({ replace }) => replace === "broken").map(brokenNote),
    ...(mirror?.mode === "mirror" ? audiences.filter(isLargerThanList).map(largeNote) : []),
  ];
}

function stillThere(target: string, rows: number): string {
  const [stay, them] = rows === 1 ? ["stays", "it"] : ["stay", "them"];
  return `${counted(rows, "row")} of people who left ${stay} in ${target}: Meta refused to remove ${them} before. \`rejects list\` says why, \`rejects retry\` tries again.`;
}

const MINUTES = String(REPLACE_SESSION_SECONDS / 60);

function brokenNote({ target }: MirroredAudience): string {
  return `The replace of ${target} broke off. Meta ends it ${MINUTES} minutes after its first request, with whoever was sent by then; run again after that, and it begins anew, or, where Meta refused something in it, adds and removes to find what that was.`;
}

function isLargerThanList({ rows, guarded }: MirroredAudience): boolean {
  const { removals, additions, wanted } = rows;
  return guarded === undefined && wanted > 0 && removals + additions > wanted;
}

function largeNote({ target, rows: { removals, additions, wanted } }: MirroredAudience): string {
  return `The difference of ${target} (${counted(removals + additions, "row")}) is larger than its list (${counted(wanted, "row")}): \`mode: replace\` under \`state\` sends the list alone.`;
}

/** What earlier runs left that somebody may want to decide on, and what Meta did not tell. */
function stateNotes(result: RunResult): readonly string[] {
  const { records, changedSinceDelivery, unnamedInvalidItems } = result;
  const notes = [
    [records.inDoubt, inDoubtNote(records.inDoubt)],
    [records.history, historyNote(records.history)],
    [
      changedSinceDelivery,
      `${counted(changedSinceDelivery, "event")} changed after delivery; Meta keeps the first.`,
    ],
    [
      unnamedInvalidItems,
      `Meta counted ${counted(unnamedInvalidItems, "row")} as malformed without naming ${unnamedInvalidItems === 1 ? "it" : "them"}.`,
    ],
  ] as const;
  return notes.filter(([count]) => count > 0).map(([, note]) => note);
}

function inDoubtNote(events: number): string {
  const [were, them] = events === 1 ? ["was", "it"] : ["were", "them"];
  return `${counted(events, "event")} ${were} never answered and may be counted twice by now if sent again: \`ledger list --state unknown,failed\` shows ${them}, \`ledger retry\` or \`ledger skip\` decides.`;
}

function historyNote(events: number): string {
  return `${counted(events, "event")} ${events === 1 ? "is" : "are"} history: too old when this sync first ran, or as old as what the store has forgotten.`;
}

function fieldNotes({ tally }: RunResult, judged: ReadonlySet<string>): readonly string[] {
  const isUntold = ([field]: readonly [string, unknown]) => !judged.has(field);
  return [
    ...[...tally.personalData].map(
      ([field, count]) =>
        `\`${field}\` holds plain personal data in ${counted(count, "record")}; see \`on_personal_data\`.`,
    ),
    ...[...tally.dropped]
      .filter(isUntold)
      .map(
        ([field, reasons]) =>
          `${counted(total(reasons), "value")} for \`${field}\` could not be used and ${total(reasons) === 1 ? "was" : "were"} left out: ${reasonsText(reasons)}.`,
      ),
    ...[...tally.suspicious]
      .filter(isUntold)
      .map(
        ([field, reasons]) =>
          `${counted(total(reasons), "value")} for \`${field}\` ${total(reasons) === 1 ? "looks" : "look"} wrong, and ${total(reasons) === 1 ? "was" : "were"} used all the same: ${reasonsText(reasons)}.`,
      ),
    ...[...tally.ignoredIdentifiers].map(
      ([type, count]) =>
        `${counted(count, "identifier")} of type \`${type}\` ignored: the mapping does not name it.`,
    ),
    ...[...tally.unmapped].map(
      ([field, count]) =>
        `\`${field}\` in ${counted(count, "record")} is not a field of Meta's and was left out.`,
    ),
  ];
}
