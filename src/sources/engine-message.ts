/** What the engine says, in one line and without the values of rows. */

/** The sentences of a CSV error that say what is wrong; the line itself, which comes with it, is data. */
const CSV_REASONS =
  /^(?:Expected Number of Columns: \d+ Found: \d+|Value with unterminated quote found\.|Invalid unicode .*|Maximum line size of \d+ bytes exceeded.*|The CSV Parser state machine reached an invalid state\.)/m;

/** The message of an engine's error before rows are read: what it quotes is SQL or a name. */
export function catalogueMessage(error: unknown): string {
  const message = messageOf(error);
  const [paragraph = ""] = withoutSql(message).split(/\n\s*\n/);
  return csvMessage(message) ?? oneLine(paragraph);
}

/**
 * The message of an engine's error while rows are read. What it quotes may be personal, and may
 * hold quotes of its own: the message is cut at the first one, and the column is put back.
 */
export function readingMessage(error: unknown): string {
  const message = messageOf(error);
  return csvMessage(message) ?? withoutValues(withoutSql(message));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function csvMessage(message: string): string | undefined {
  const line = /CSV Error on Line: (\d+)/.exec(message)?.[1];
  const reason = CSV_REASONS.exec(message)?.[0];
  if (line === undefined && reason === undefined) return undefined;
  const file = /^ {2}file = (.*)$/m.exec(message)?.[1];
  const place = [file, line && `line ${line}`].filter((part) => part !== undefined).join(", ");
  return `${place === "" ? "CSV" : place}: ${reason ?? "the line cannot be read."}`;
}

/** The engine ends with the line of the SQL, which the place of the diagnostic shows already. */
function withoutSql(message: string): string {
  const end = message.lastIndexOf("\nLINE ");
  return (end < 0 ? message : message.slice(0, end)).trimEnd();
}

function withoutValues(message: string): string {
  // An apostrophe, as in "can't", is no quote.
  const quote = message.search(/(?<![A-Za-z])'|"/);
  const before = oneLine(quote < 0 ? message : message.slice(0, quote)).replace(/\d{5,}/g, "…");
  const column = / when casting from source column [^'"\n]+$/.exec(message)?.[0];
  return quote < 0 ? before : `${before} '…'${column ?? ""}`;
}

function oneLine(message: string): string {
  return message
    .replace(/^Failed to extract statements: /, "")
    .replace(/\s+/g, " ")
    .trim();
}
