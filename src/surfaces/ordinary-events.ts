/** Writes events straight away that nothing is to be said about, as nearly all are. */
import type { JsonPage } from "../core/json-page.js";
import type { CompiledEvents } from "../mapping/compile.js";
import { clearTally, emptyTally, isEmptyTally, startRow } from "../mapping/scope.js";
import type { Doubt } from "../mapping/write/writer.js";
import type { EventEntry } from "./entry.js";
import { writtenEvent } from "./event-entry.js";
import { latenessOf } from "./event-lateness.js";
import type { EventOptions } from "./event-options.js";
import { HeardFields } from "./heard-fields.js";
import { routeOf } from "./event-route.js";
import { isDoubtfulText, URL_FIELDS } from "./personal-data.js";
import { isPersonalName } from "./personal-names.js";
import { withoutPersonalParts } from "./personal-text.js";

/**
 * Gives the event of a row; `undefined`, and nothing is written or counted, where it is withheld, refused
 * or too late, or where anything is to be counted or looked at closely.
 */
export type OrdinaryEvents<B> = (
  identity: string,
  batch: B,
  index: number,
) => EventEntry | undefined;

/**
 * Makes what makes, for a run, the writer of ordinary events: what that gives is what rendering gives of
 * the same row.
 */
export function ordinaryEvents<B>(
  compiled: CompiledEvents<B>,
  page: JsonPage,
): (options: EventOptions) => OrdinaryEvents<B> {
  const heard = new HeardFields(compiled.require);
  const write = compiled.writer({
    written: (at) => heard.presence(at),
    value: (at) => heard.value(at),
    doubt: doubtAt,
  });
  return (options) => {
    // A row about which the mapping counts anything is not ordinary.
    const tally = emptyTally();
    let scope: ReturnType<typeof compiled.scope> | undefined;
    return (identity, batch, index) => {
      scope ??= compiled.scope(batch, tally);
      startRow(scope, batch, index);
      page.startRow();
      const isWanted = compiled.onlyIf === undefined || compiled.onlyIf(scope) === true;
      const isWritten = isWanted && write(scope, page);
      const isQuiet = scope.fault === undefined && isEmptyTally(tally);
      if (!isQuiet) clearTally(tally);
      const head = heard.head();
      const target = routeOf(head, options);
      const isSent =
        isWritten && isQuiet && heard.areEnough() && latenessOf(head, options) === undefined;
      heard.clear();
      if (!isSent || target === undefined) page.giveUp();
      const json = page.endRow();
      return json && target !== undefined ? writtenEvent(identity, target, json, head) : undefined;
    };
  };
}

/** Where plain personal data may stand that Meta does not want. */
function doubtAt(at: string): Doubt | undefined {
  if (URL_FIELDS.has(at)) return URL_DOUBT;
  return at === "custom_data" || at.startsWith("custom_data.") ? CUSTOM_DOUBT : undefined;
}

const URL_DOUBT: Doubt = {
  text: (url) => withoutPersonalParts(url) !== url,
  name: () => false,
};

const CUSTOM_DOUBT: Doubt = { text: isDoubtfulText, name: isPersonalName };
