import { describe, expect, it } from "vitest";
import { API_VERSION } from "../../src/generated/constants.js";
import { readSyncFile } from "../../src/config/read-sync-file.js";
import { resolveBinding } from "../../src/config/resolve-binding.js";
import { NO_SOURCES } from "./bindings.js";
import { toldBy, valueOf } from "./told.js";

const DESTINATION = "destination: {mapping: m.yaml, config_namespace: n}\n";
const SOURCE = "sync: a\nsource: {file: a.csv}\n";
const STATE = "state: {key: {id: id}, target: audience}\n";

const SOURCE_REMEDY =
  "Write `source: {file: path}`, `{duckdb: path, sql: …}` or `{postgres: env:NAME, sql: …}`.";

function problems(text: string): readonly string[] {
  return toldBy(readSyncFile(text, "a.yaml", "/project"), text);
}

/** What is wrong with a sync whose event has these lines more. */
function ofEvent(...lines: readonly string[]): readonly string[] {
  const given = ["key: {id: id}", "event_name: name", "occurred_at: at"].filter(
    (line) => !lines.some((other) => other.startsWith(`${line.split(":")[0] ?? ""}:`)),
  );
  const event = ["event:", ...[...given, ...lines].map((line) => `  ${line}`)].join("\n");
  return problems(`${DESTINATION}${SOURCE}${event}\n`).map((line) => line.replace(/^a\.yaml:/, ""));
}

describe("a sync file that is wrong", () => {
  it("has all its problems told at once, those of its binding among them", () => {
    const text = `sinc: a
source: {files: a.csv}
state:
  key: {}
  identifiers: {email: {al: [a]}, phone: []}
  payload: [a]
  operation: [upsert]
destination:
  config: {api_version: /, pixel_id: x}
  concurency: 3
`;
    expect(problems(text)).toEqual([
      "a.yaml:1:1 config.unknown_key: `sinc` is not a known key. Did you mean `sync`?",
      "a.yaml:2:10 config.unknown_key: `source.files` is not a known key. Did you mean `file`?",
      "a.yaml:3:1 config.missing_key: `state.target` is missing. Write `{value: name}`, or a column.",
      "a.yaml:4:8 config.invalid_value: `state.key` is an empty map. Name at least one column in it.",
      "a.yaml:5:25 config.unknown_key: `state.identifiers.email.al` is not a known key. Did you mean `all`?",
      "a.yaml:5:42 config.invalid_value: `state.identifiers.phone` is an empty list. Name at least one column.",
      "a.yaml:6:12 config.wrong_type: `state.payload` is a list, where a map is needed. Write a map.",
      "a.yaml:7:3 config.unknown_key: `state.operation` is not a known key. Did you mean `operations`?",
      "a.yaml:8:1 config.missing_key: `destination.mapping` is missing. Write the name of a mapping that is shipped, `events` or `custom_audiences`, or a path.",
      "a.yaml:9:3 config.missing_key: `destination.config.ad_account_id` is missing. Write it, or name a namespace that holds it.",
      `a.yaml:9:25 config.invalid_value: \`destination.config.api_version\` is empty without its slashes. Write a version like \`${API_VERSION}\`, or remove the key to get that one.`,
      "a.yaml:9:38 config.invalid_value: `destination.config.pixel_id` is no id in digits. Write the id's digits, in quotes.",
      "a.yaml:10:3 config.unknown_key: `destination.concurency` is not a known key. Did you mean `concurrency`?",
    ]);
  });

  it.each([
    [
      "operations: upsert",
      "config.wrong_type: `state.operations` is text, where a list is needed. Write a list.",
    ],
    [
      "operations: [remove]",
      "config.invalid_value: `state.operations` does not name `upsert`. Write `[upsert, remove]` to add and remove people, or `[upsert]` to add them only.",
    ],
    [
      "operations: [upsert, delete]",
      "config.invalid_value: `state.operations[1]` is `delete`, which is none of its values. Allowed: `upsert`, `remove`.",
    ],
    [
      "removal_guard: 30",
      "config.invalid_value: `state.removal_guard` is no share of an audience. Write a percentage from `0%` to `100%`, or `off`.",
    ],
    [
      "removal_guard: 101%",
      "config.invalid_value: `state.removal_guard` is no share of an audience. Write a percentage from `0%` to `100%`, or `off`.",
    ],
    [
      "mode: swap",
      "config.invalid_value: `state.mode` is `swap`, which is none of its values. Allowed: `mirror`, `replace`.",
    ],
    [
      "mode: replace, operations: [upsert]",
      "config.replace_removes: `state.mode: replace` stands beside `operations` without `remove`, and whoever is replaced is removed. Remove one of them: `operations: [upsert]` only adds, `mode: replace` leaves nobody but those in the source.",
    ],
    [
      "mode: replace, operation_column: op",
      "config.operations_listed: `state.mode` stands beside `operation_column`, whose rows say themselves what to do. Remove one of them: without `operation_column` the rows are who should be in the audience.",
    ],
    [
      "refresh_after: monthly",
      "config.invalid_value: `state.refresh_after` is no duration. Write a whole number and a unit: `s`, `m`, `h` or `d`, like `46h` or `5d`.",
    ],
    [
      "refresh_after: 30d, operation_column: op",
      "config.operations_listed: `state.refresh_after` stands beside `operation_column`, whose rows say themselves what to do. Remove one of them: without `operation_column` the rows are who should be in the audience.",
    ],
    [
      "removal_guard: 5%, operation_column: op",
      "config.operations_listed: `state.removal_guard` stands beside `operation_column`, whose rows say themselves what to do. Remove one of them: without `operation_column` the rows are who should be in the audience.",
    ],
  ])("has a State that cannot be: %s", (given, told) => {
    const state = `state: {key: {id: id}, target: audience, ${given}}\n`;
    expect(problems(`${DESTINATION}${SOURCE}${state}`).map(withoutPlace)).toContain(told);
  });

  it("lacks everything when it is empty", () => {
    expect(problems("")).toEqual([
      "a.yaml:1:1 config.missing_key: `sync` is missing. Name the sync: its state is kept by this name.",
      "a.yaml:1:1 config.missing_key: `source` is missing. Write `source: {file: path}`, `{duckdb: path, sql: …}` or `{postgres: env:NAME, sql: …}`.",
      "a.yaml:1:1 config.declaration: the file has neither `state` nor `event`. Write `state` for who should be in an audience, or `event` for what happened; a file has one.",
      "a.yaml:1:1 config.missing_key: `destination` is missing. Write `destination:` with a `mapping` and a `config`.",
    ]);
  });

  it("has either a State or an Event", () => {
    const event = "event: {key: {id: id}, event_name: name, occurred_at: at}\n";
    expect(problems(DESTINATION + SOURCE + STATE + event).slice(0, 1)).toEqual([
      "a.yaml:1:1 config.missing_key: `destination.config.action_source` is missing. Events need it: write where they take place, `website` for one.",
    ]);
    expect(problems(DESTINATION + SOURCE + STATE + event).slice(-1)).toEqual([
      "a.yaml:5:1 config.declaration: the file has both `state` and `event`. Write `state` for who should be in an audience, or `event` for what happened; a file has one.",
    ]);
  });

  it("must be YAML, and a map", () => {
    expect(problems("sync: [").map((line) => line.split(": ")[0])).toEqual([
      "a.yaml:1:7 yaml.syntax",
    ]);
    expect(problems("sync")).toEqual([
      "a.yaml:1:1 config.wrong_type: the file is text, where a map is needed. Write a map.",
    ]);
  });

  it.each([
    ["{}", `9 config.source: \`source\` names nothing to read. ${SOURCE_REMEDY}`],
    ["{sql: a}", `9 config.source: \`source\` names nothing to read. ${SOURCE_REMEDY}`],
    [
      "{sqll: a}",
      "10 config.unknown_key: `source.sqll` is not a known key. Did you mean `sql`?",
      `9 config.source: \`source\` names nothing to read. ${SOURCE_REMEDY}`,
    ],
    [
      "{file: a, duckdb: b, sql: c}",
      `9 config.source: \`source\` names more than one thing to read: \`file\` and \`duckdb\`. ${SOURCE_REMEDY}`,
    ],
    [
      "{file: a, sql: b}",
      "19 config.unknown_key: `source.sql` is not a known key. Allowed: `file`.",
    ],
    [
      "{duckdb: a}",
      "1 config.missing_key: `source.sql` is missing. Write the query whose rows are sent.",
    ],
    ["a.csv", "9 config.wrong_type: `source` is text, where a map is needed. Write a map."],
    [
      "{file: [a]}",
      "16 config.wrong_type: `source.file` is a list, where text is needed. Write text.",
    ],
    [
      "{postgres: env:URL}",
      "1 config.missing_key: `source.sql` is missing. Write the query whose rows are sent.",
    ],
    [
      "{postgres: env:URL, sql: a, statement_timeout: 5}",
      "56 config.wrong_type: `source.statement_timeout` is a number, where text is needed. Write text.",
    ],
    [
      "{duckdb: a, sql: b, statement_timeout: 5m}",
      "29 config.unknown_key: `source.statement_timeout` is not a known key. Allowed: `duckdb`, `sql`.",
    ],
  ])("does not read the source %s", (source, ...lines) => {
    const text = `${DESTINATION}sync: a\n${STATE}source: ${source}\n`;
    expect(problems(text)).toEqual(
      lines
        .map((line) => `a.yaml:4:${line}`.replace(":4:9 config.source", ":4:1 config.source"))
        .sort(),
    );
  });

  it.each(["postgres://reader:planted-1@db.example.test/shop", "env:", "$URL", "[env:URL]"])(
    "is told that a database is named by a variable, without its line: %s",
    (url) => {
      const text = `${DESTINATION}sync: a\n${STATE}source: {postgres: "${url}", sql: a, sqll: b}\n`;
      const told = problems(text.replace('"[env:URL]"', "[env:URL]"));
      expect(told).toEqual([
        "a.yaml at source.sqll config.unknown_key: `source.sqll` is not a known key. Did you mean `sql`?",
        "a.yaml at source.postgres config.literal_secret: `source.postgres` is no reference, and a secret itself is never taken from here. Put the URL into a variable and write `env:NAME`; a URL that stood in a file is better replaced.",
      ]);
    },
  );

  it.each([
    [
      "{column: at, zone: Europe/Berln}",
      "config.unknown_zone: `event.occurred_at.zone` is no time zone. Did you mean `Europe/Berlin`? Write an IANA name like `Europe/Berlin` or `UTC`.",
    ],
    [
      "{column: at, zone: '+02:00'}",
      "config.unknown_zone: `event.occurred_at.zone` is no time zone. Write an IANA name like `Europe/Berlin` or `UTC`.",
    ],
    [
      "{column: at, unit: us}",
      "config.invalid_value: `event.occurred_at.unit` is `us`, which is none of its values. Did you mean `s`? Allowed: `s`, `ms`.",
    ],
    [
      "{column: at, unit: s, zone: UTC}",
      "config.invalid_value: `event.occurred_at` has both `zone` and `unit`. Numbers since 1970 have no zone: remove one of them.",
    ],
    [
      "{zone: UTC}",
      "config.missing_key: `event.occurred_at.column` is missing. Name the column with the times.",
    ],
    [
      "{all: [a, b]}",
      "config.invalid_value: `event.occurred_at` gives every value found, where one is needed. Write the list without `all` for the first column that is not blank.",
    ],
    [
      "7",
      "config.wrong_type: `event.occurred_at` is a number, where the name of a column is needed. Write the name of a column.",
    ],
  ])("does not read the time %s", (text, told) => {
    expect(ofEvent(`occurred_at: ${text}`).slice(2).map(withoutPlace)).toEqual([told]);
  });

  it.each([
    ["max_age: 5", "`event.max_age` is a number, where text is needed"],
    ["max_age: 0d", "`event.max_age` is no duration"],
    ["max_age: 5w", "`event.max_age` is no duration"],
    ["event_name: {value: 5}", "`event.event_name` is a constant that is no text"],
    ["event_name: {all: [a]}", "`event.event_name` gives every value found, where one is needed"],
    ["key: {id: {all: [a]}}", "`event.key.id` gives every value found, where one is needed"],
    ["key: id", "`event.key` is text, where a map is needed"],
    [
      "identifiers: {email: 7}",
      "`event.identifiers.email` is a number, where the name of a column is needed",
    ],
    ["identifiers: {email: ' '}", "`event.identifiers.email` is blank"],
    ["identifiers: {email: [a, '']}", "`event.identifiers.email[1]` is blank"],
    [
      "identifiers: {email: {all: a}}",
      "`event.identifiers.email.all` is text, where a list of columns is needed",
    ],
    ["payload: {a: {}}", "`event.payload.a` has neither `all` nor `value`, or both"],
    [
      "payload: {a: {all: [a], value: 1}}",
      "`event.payload.a` has neither `all` nor `value`, or both",
    ],
    ["payload: {a: {value: }}", "`event.payload.a.value` is empty"],
    ["target: VIP", "`event.target` is not a known key"],
    ["on_doubt: skip", "`event.on_doubt` is `skip`, which is none of its values"],
    ["on_doubt: [hold]", "`event.on_doubt` is a list, where one of `hold`, `resend` is needed"],
  ])("does not read `%s`", (line, message) => {
    expect(
      ofEvent(line)
        .slice(2)
        .map((told) => withoutPlace(told).split(": ").slice(1).join(": ")),
    ).toEqual([
      expect.stringMatching(new RegExp(`^${message.replace(/[[\]{}()*+?.$|\\]/g, "\\$&")}\\.`)),
    ]);
  });

  it("leaves what is wrong with its binding alone to the binding", () => {
    const text = `${SOURCE}${STATE}destination: {config: {ad_account_id: x}}\n`;
    const { binding } = valueOf(readSyncFile(text, "a.yaml", "/project"), text);
    expect(toldBy(resolveBinding(binding, "custom_audiences", NO_SOURCES), text)).toEqual([
      "a.yaml:4:1 config.missing_key: `destination.mapping` is missing. Write the name of a mapping that is shipped, `events` or `custom_audiences`, or a path.",
      "a.yaml:4:39 config.invalid_value: `destination.config.ad_account_id` is no ad account id. Write the id's digits in quotes, with or without `act_` before them.",
    ]);
  });

  it("must have a map for a destination", () => {
    const text = `sinc: a\n${SOURCE}${STATE}destination: events\n`;
    expect(problems(text).slice(1)).toEqual([
      "a.yaml:5:14 config.wrong_type: `destination` is text, where a map is needed. Write a map.",
    ]);
  });
});

function withoutPlace(told: string): string {
  return told.replace(/^\S+ /, "");
}
