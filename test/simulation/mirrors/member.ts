/** Who should be in an audience, as a table lists them, and what Meta should have of them. */
import { sha256 } from "../../../src/core/digest.js";
import type { PersonRecord } from "../records/record.js";
import { emailOf, phoneOf } from "../records/secrets.js";

/** A line of the table. */
export interface Line {
  readonly person: string;
  readonly audience: string;
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  readonly firstName: string | undefined;
  readonly value: number;
  readonly consents: boolean;
}

/** A row that Meta should have. */
export interface MemberRow {
  /** What Meta finds somebody by: each key cell, or all others together where there is none. */
  readonly identifiers: readonly string[];
  /** Everything that finds somebody or helps to, in order: `EMAIL=…`, `FN=…`. */
  readonly cells: readonly string[];
}

/** A line as a source gives it, and the rows that it stands for. */
export interface MemberRecord extends PersonRecord {
  readonly line: Line;
  readonly rows: readonly MemberRow[];
}

/** @param corrected whether the mapping writes a city into every row */
export function memberRecord(line: Line, corrected: boolean): MemberRecord {
  const { person, audience, consents } = line;
  const rows = consents ? rowsOf(line, corrected) : [];
  const rejected = rowsOf(line, corrected).length === 0;
  return {
    surface: "custom_audiences",
    identity: `${person} in ${audience}`,
    lane: audience,
    operation: "upsert",
    person,
    fate: consents ? (rejected ? "rejected" : "sent") : "withheld",
    flaw: undefined,
    cells: rows.flatMap(({ identifiers }) => identifiers),
    json: {
      record_identity: `${person} in ${audience}`,
      operation: "upsert",
      target: audience,
      key: { customer: person },
      identifiers: [
        ...line.emails.map((email) => ({ type: "email", value: emailOf(email) })),
        ...line.phones.map((phone) => ({ type: "phone_e164", value: phoneOf(phone) })),
      ],
      payload: { consent: consents, value: line.value, first_name: line.firstName ?? "" },
    },
    line,
    rows,
  };
}

/** An e-mail address as Meta gets it. */
export function emailCell(email: string): string {
  return `EMAIL=${sha256(emailOf(email))}`;
}

/** A telephone number as Meta gets it. */
export function phoneCell(phone: string): string {
  return `PHONE=${sha256(phoneOf(phone))}`;
}

/** One row where every column has one value at most, else a row for each value. */
function rowsOf({ emails, phones, firstName }: Line, corrected: boolean): readonly MemberRow[] {
  const columns = [
    emails.map(emailCell),
    phones.map(phoneCell),
    firstName === undefined ? [] : [`FN=${sha256(firstName)}`],
  ];
  const cells = columns.flat();
  const single = columns.every(({ length }) => length <= 1);
  const rows = cells.length === 0 ? [] : single ? [cells] : cells.map((cell) => [cell]);
  return rows.map((row) => ({
    identifiers: identifiersOf(row, corrected),
    cells: [...row, ...(corrected ? [CITY] : [])].sort(),
  }));
}

const CITY = `CT=${sha256("berlin")}`;

function identifiersOf(row: readonly string[], corrected: boolean): readonly string[] {
  const keys = row.filter((cell) => !cell.startsWith("FN="));
  if (keys.length > 0) return keys;
  return [[...(corrected ? [CITY] : []), ...row].join("&")];
}
