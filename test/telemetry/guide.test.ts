/** docs/observability.md lists every line, field and metric that there is, as it is. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { METRICS } from "../../src/telemetry/instruments.js";
import { LOG_EVENTS, LOG_FIELDS } from "../../src/telemetry/log-catalogue.js";

const GUIDE = readFileSync(new URL("../../docs/observability.md", import.meta.url), "utf8");

/** The rows of the tables whose first column has this title, their cells trimmed. */
function rowsOf(title: string): readonly (readonly string[])[] {
  const [, table = ""] = GUIDE.split(new RegExp(`^\\| ${title} .*\\n\\| -.*\\n`, "m"));
  const [rows = ""] = table.split("\n\n");
  return rows
    .trimEnd()
    .split("\n")
    .map((row) =>
      row
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

const code = (name: string) => `\`${name}\``;

it("the guide's tables are what is told", () => {
  expect(rowsOf("line")).toEqual(
    Object.entries(LOG_EVENTS).map(([name, { levels, tells, fields }]) => [
      code(name),
      levels.join(", "),
      tells,
      fields.map(code).join(", "),
    ]),
  );
  expect(rowsOf("field")).toEqual(
    Object.entries(LOG_FIELDS).map(([name, tells]) => [code(name), tells]),
  );
  expect(rowsOf("metric")).toEqual(
    Object.entries(METRICS).map(([name, { unit, description }]) => [
      code(name),
      code(unit),
      description,
    ]),
  );
});
