import { describe, expect, it } from "vitest";
import { readSyncFile } from "../../src/config/read-sync-file.js";
import { bindFile } from "./bindings.js";
import { toldBy, valueOf } from "./told.js";

const CONFIG = "config: {ad_account_id: 1}\n";
const SYNC = `sync: a
source: {file: a.csv}
state: {key: {id: id}, target: audience}
destination: {mapping: m.yaml, config_namespace: n}
`;
const REMEDY =
  "Write the path of a DuckDB file, like `.retl/state.duckdb`; it is made when it is missing.";

describe("the store of a file", () => {
  it.each([
    ["state.duckdb", "/project/state.duckdb"],
    ["../shared/state.duckdb", "/shared/state.duckdb"],
    ["/srv/state.duckdb", "/srv/state.duckdb"],
  ])("is a path from its own directory: %s", (text, absolute) => {
    expect(valueOf(bindFile(`${CONFIG}store: ${text}`)).store).toBe(absolute);
    const sync = readSyncFile(`${SYNC}store: ${text}\n`, "a.yaml", "/project");
    expect(valueOf(sync).store).toBe(absolute);
  });

  it("is nowhere in particular when nothing is said", () => {
    expect(valueOf(bindFile(CONFIG)).store).toBeUndefined();
    expect(valueOf(readSyncFile(SYNC, "a.yaml", "/project")).store).toBeUndefined();
  });

  it.each(["postgres://state.example.test/retl", "env:STATE", "duckdb:state.duckdb"])(
    "is no reference to anything else: %s",
    (text) => {
      expect(toldBy(bindFile(`${CONFIG}store: "${text}"`), `${CONFIG}store:`)).toEqual([
        `binding.yaml:2:8 config.invalid_value: \`store\` is no path of a file. ${REMEDY}`,
      ]);
      const sync = `${SYNC}store: "${text}"\n`;
      expect(toldBy(readSyncFile(sync, "a.yaml", "/project"), sync)).toEqual([
        `a.yaml:5:8 config.invalid_value: \`store\` is no path of a file. ${REMEDY}`,
      ]);
    },
  );

  it("is text", () => {
    const text = `${CONFIG}store: [state.duckdb]`;
    expect(toldBy(bindFile(text), text)).toEqual([
      "binding.yaml:2:8 config.wrong_type: `store` is a list, where text is needed. Write text.",
    ]);
  });
});
