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
  "Write the path of a DuckDB file, like `.retl/state.duckdb`, which is made when it is missing, or `env:NAME`, a variable with the URL of a PostgreSQL database.";

describe("the store of a file", () => {
  it.each([
    ["state.duckdb", "/project/state.duckdb"],
    ["../shared/state.duckdb", "/shared/state.duckdb"],
    ["/srv/state.duckdb", "/srv/state.duckdb"],
  ])("is a path from its own directory: %s", (text, absolute) => {
    const store = { kind: "file", file: absolute };
    expect(valueOf(bindFile(`${CONFIG}store: ${text}`)).store).toEqual(store);
    const sync = readSyncFile(`${SYNC}store: ${text}\n`, "a.yaml", "/project");
    expect(valueOf(sync).store).toEqual(store);
  });

  it("is named by a variable, which nobody looks up yet", () => {
    const store = { kind: "variable", name: "RETL_STORE_URL" };
    expect(valueOf(bindFile(`${CONFIG}store: env:RETL_STORE_URL`)).store).toEqual(store);
    const sync = readSyncFile(`${SYNC}store: env:RETL_STORE_URL\n`, "a.yaml", "/project");
    expect(valueOf(sync).store).toEqual(store);
  });

  it("is nowhere in particular when nothing is said", () => {
    expect(valueOf(bindFile(CONFIG)).store).toBeUndefined();
    expect(valueOf(readSyncFile(SYNC, "a.yaml", "/project")).store).toBeUndefined();
  });

  it.each(["postgres://me:secret@state.example.test/retl", "env:1", "duckdb:state.duckdb"])(
    "is nothing else, and may be a secret, so that its line is not shown: %s",
    (text) => {
      const told = `config.invalid_value: \`store\` is neither a path nor a reference like \`env:NAME\`. ${REMEDY}`;
      expect(toldBy(bindFile(`${CONFIG}store: "${text}"`))).toEqual([
        `binding.yaml at store ${told}`,
      ]);
      const sync = readSyncFile(`${SYNC}store: "${text}"\n`, "a.yaml", "/project");
      expect(toldBy(sync)).toEqual([`a.yaml at store ${told}`]);
    },
  );

  it("is text", () => {
    const text = `${CONFIG}store: [state.duckdb]`;
    expect(toldBy(bindFile(text), text)).toEqual([
      "binding.yaml:2:8 config.wrong_type: `store` is a list, where text is needed. Write text.",
    ]);
  });
});
