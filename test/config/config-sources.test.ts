import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parseEnvFile } from "../../src/config/env-file.js";
import { loadConfigSources } from "../../src/config/load-config-sources.js";
import { parseTomlFile } from "../../src/config/toml-file.js";
import { told, toldBy } from "./told.js";

/** Reads from these texts, as `fs.readFile` would. */
function reading(files: Readonly<Record<string, string>>) {
  const asked: string[] = [];
  const read = (file: string): Promise<string> => {
    asked.push(file);
    const text = files[file];
    const missing = Object.assign(new Error("no such file"), { code: "ENOENT" });
    return text === undefined ? Promise.reject(missing) : Promise.resolve(text);
  };
  return { asked, readFile: read };
}

const META = '[destinations.meta]\nad_account_id = "act_1"\n';

describe("the sources of a configuration", () => {
  it("are the variables, and `retl.toml` if it is there; no `.env` is read unasked", async () => {
    const { asked, readFile } = reading({ "retl.toml": META, ".env": "A=1" });
    expect(await loadConfigSources({ env: { A: "0" }, readFile })).toEqual({
      ok: true,
      value: {
        env: { A: "0" },
        toml: { destinations: { meta: { ad_account_id: "act_1" } } },
        tomlFile: "retl.toml",
      },
    });
    expect(asked).toEqual(["retl.toml"]);
  });

  it("may do without `retl.toml`", async () => {
    const sources = await loadConfigSources({ env: {}, ...reading({}) });
    expect(sources).toEqual({ ok: true, value: { env: {}, tomlFile: "retl.toml" } });
  });

  it("are another TOML file when one is named, and then not `retl.toml`", async () => {
    const { asked, readFile } = reading({ "c.toml": "a = 1", "retl.toml": META });
    expect(await loadConfigSources({ env: {}, readFile, configFile: "c.toml" })).toEqual({
      ok: true,
      value: { env: {}, toml: { a: 1 }, tomlFile: "c.toml" },
    });
    expect(asked).toEqual(["c.toml"]);
  });

  it("hold the variables of an env file below those of the process", async () => {
    const files = { ".env": "\uFEFFA=file\nB='of the file'\n# comment\nexport C=3\n" };
    const sources = await loadConfigSources({
      env: { A: "process" },
      ...reading(files),
      envFile: ".env",
    });
    expect(sources).toMatchObject({
      ok: true,
      value: { env: { A: "process", B: "of the file", C: "3" } },
    });
  });

  it("must be there when they are named", async () => {
    const named = { envFile: "my.env", configFile: "my.toml" };
    expect(toldBy(await loadConfigSources({ env: {}, ...reading({}), ...named }))).toEqual([
      "my.toml at  config.unreadable_file: there is no file `my.toml`. Check its path and its permissions.",
      "my.env at  config.unreadable_file: there is no file `my.env`. Check its path and its permissions.",
    ]);
  });

  it("are told apart from a file that is there and cannot be read", async () => {
    const denied = Object.assign(new Error("denied"), { code: "EACCES" });
    const readFile = () => Promise.reject(denied);
    expect(toldBy(await loadConfigSources({ env: {}, readFile }))).toEqual([
      "retl.toml at  config.unreadable_file: `retl.toml` cannot be read (EACCES). Check its path and its permissions.",
    ]);
  });

  it("come from real files alike", async () => {
    const directory = await mkdtemp(path.join(tmpdir(), "retl-meta-config-"));
    const configFile = path.join(directory, "c.toml");
    await writeFile(configFile, `\uFEFF${META}`);
    const read = (file: string) => readFile(file, "utf8");
    const sources = await loadConfigSources({ env: {}, readFile: read, configFile });
    await rm(directory, { recursive: true });
    expect(sources).toMatchObject({
      value: { toml: { destinations: { meta: { ad_account_id: "act_1" } } } },
    });
  });
});

describe("a TOML text", () => {
  it("that is none is refused by its place, quoting nothing of it", () => {
    const result = parseTomlFile('[destinations.meta]\naccess_token = "planted', "c.toml");
    expect(result.ok ? [] : told([result.error])).toEqual([
      "c.toml at  config.toml: `c.toml` is not TOML at line 2, column 16. Mend it there.",
    ]);
  });

  it("keeps no number that would lose digits", () => {
    const result = parseTomlFile("[a]\nid = 23847000000000001", "c.toml");
    expect(result.ok ? [] : told([result.error])).toEqual([
      "c.toml at  config.toml: `a.id` is a whole number beyond 2^53, which JSON numbers cannot hold; send it as text. Write it as text, in quotes.",
    ]);
  });
});

describe("an env text", () => {
  it("has comments, quotes and `export`", () => {
    expect(parseEnvFile("# c\nA=1 # c\nB=\"two words\"\nexport C='x=y'\nD=\n")).toEqual({
      A: "1",
      B: "two words",
      C: "x=y",
      D: "",
    });
  });
});
