import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { createRedactor } from "../../src/core/redact.js";
import { SecretRef, type SecretOrigin } from "../../src/config/secret-ref.js";
import { bindFile, bindOptions, NO_SOURCES } from "./bindings.js";
import { told, toldBy, valueOf } from "./told.js";

const TOKEN = "planted-token-1";
const NAMESPACE = "config: {ad_account_id: 1}\ncredential_namespace: destinations.meta\n";
const toml = { destinations: { meta: { access_token: ` ${TOKEN} ` } } };

/** Variables that note which of them were read. */
function watched(values: Record<string, string>) {
  const read: string[] = [];
  const env = new Proxy(values, {
    get(target, name: string) {
      read.push(name);
      return target[name];
    },
  });
  return { env, read };
}

function refusal(reference: SecretRef): readonly string[] {
  const result = reference.resolve();
  return result.ok ? [] : told([result.error]);
}

function refTo(origin: SecretOrigin): SecretRef {
  return new SecretRef(origin, NO_SOURCES);
}

describe("the access token", () => {
  it("is not resolved while a binding is built, from a namespace, a variable or a function", () => {
    const { env, read } = watched({ DESTINATIONS__META__ACCESS_TOKEN: TOKEN, TOKEN });
    const table = watched({ access_token: TOKEN });
    const sources = { env, toml: { destinations: { meta: table.env } } };
    let calls = 0;
    const accessToken = () => `${TOKEN}${String((calls += 1))}`;
    const config = { adAccountId: 1 };
    const explicit = { config, credentials: { accessToken: "env:TOKEN" } };
    const bindings = [
      bindFile(NAMESPACE, "custom_audiences", sources),
      bindOptions(explicit, "custom_audiences", sources),
      bindOptions({ config, credentials: { accessToken } }),
    ].map((result) => valueOf(result));
    for (const { credentials } of bindings)
      expect(credentials.accessToken.liveSecrets()).toEqual([]);
    expect(read).not.toContain("DESTINATIONS__META__ACCESS_TOKEN");
    expect(read).not.toContain("TOKEN");
    expect(table.read).not.toContain("access_token");
    expect(calls).toBe(0);
  });

  it("comes from the variable of its namespace before the TOML file, trimmed", () => {
    const env = { DESTINATIONS__META__ACCESS_TOKEN: " from-variable " };
    const resolve = (sources: Parameters<typeof bindFile>[2]) =>
      valueOf(bindFile(NAMESPACE, "custom_audiences", sources)).credentials.accessToken.resolve();
    expect(resolve({ env, toml })).toEqual({ ok: true, value: "from-variable" });
    expect(resolve({ env: {}, toml })).toEqual({ ok: true, value: TOKEN });
  });

  it("comes from an explicit reference before its namespace", () => {
    const text = `${NAMESPACE}credentials: {access_token: env:MINE}`;
    const sources = { env: { MINE: "mine" }, toml };
    const { accessToken } = valueOf(bindFile(text, "custom_audiences", sources)).credentials;
    expect(accessToken.resolve()).toEqual({ ok: true, value: "mine" });
  });

  it("does not come from the namespace when its explicit reference leads nowhere", () => {
    const text = `${NAMESPACE}credentials: {access_token: env:MINE}`;
    const { accessToken } = valueOf(
      bindFile(text, "custom_audiences", { env: {}, toml }),
    ).credentials;
    expect(refusal(accessToken)).toEqual([
      "credentials at access_token config.missing_token: there is no access token in the variable `MINE`. Set it, in the environment or in the file of `--env-file`.",
    ]);
  });

  it("comes from a function each time, and every value is remembered for redaction", () => {
    let calls = 0;
    const accessToken = refTo({ kind: "function", read: () => ` token-${String((calls += 1))} ` });
    expect(accessToken.resolve()).toEqual({ ok: true, value: "token-1" });
    expect(accessToken.resolve()).toEqual({ ok: true, value: "token-2" });
    expect(accessToken.liveSecrets()).toEqual(["token-1", "token-2"]);
    const redact = createRedactor(() => accessToken.liveSecrets());
    expect(redact("token-1 and token-2")).toBe("[redacted] and [redacted]");
  });

  it.each<[SecretOrigin, string]>([
    [
      { kind: "none" },
      "config.missing_token: no access token is configured. Set `credential_namespace`, or a reference like `env:NAME` in `credentials`.",
    ],
    [
      { kind: "namespace", namespace: "destinations.meta" },
      "config.missing_token: there is no access token in the variable `DESTINATIONS__META__ACCESS_TOKEN` or `access_token` in the table `[destinations.meta]` of `retl.toml`. Set one of them, in the environment, in the file of `--env-file` or in the TOML file.",
    ],
    [
      { kind: "function", read: () => " " },
      "config.missing_token: there is no access token in the function `credentials.accessToken`. Make it return the token as text, at once, without throwing.",
    ],
    [
      {
        kind: "function",
        read: () => {
          throw new Error(TOKEN);
        },
      },
      "config.secret_function: the function `credentials.accessToken` failed. Make it return the token as text, at once, without throwing.",
    ],
    [
      { kind: "function", read: () => `${TOKEN}\n${TOKEN}` },
      "config.invalid_token: what is in the function `credentials.accessToken` cannot be an access token. A token is one word of printable ASCII; look for quotes, line ends and blanks inside it.",
    ],
    [
      // @ts-expect-error a promise is no text
      { kind: "function", read: () => Promise.resolve(TOKEN) },
      "config.invalid_token: what is in the function `credentials.accessToken` cannot be an access token. A token is one word of printable ASCII; look for quotes, line ends and blanks inside it.",
    ],
  ])("that cannot be had is refused without being shown (%#)", (origin, line) => {
    expect(refusal(refTo(origin))).toEqual([`credentials at access_token ${line}`]);
  });

  it.each([`"${TOKEN}"`, `'${TOKEN}'`, `${TOKEN}"`])("in quotes is none (%#)", (quoted) => {
    expect(refusal(refTo({ kind: "function", read: () => quoted }))).toEqual([
      "credentials at access_token config.invalid_token: what is in the function `credentials.accessToken` cannot be an access token. A token is one word of printable ASCII; look for quotes, line ends and blanks inside it.",
    ]);
  });

  it("prints as `[redacted]`, before and after it was resolved", () => {
    const binding = valueOf(bindFile(NAMESPACE, "custom_audiences", { env: {}, toml }));
    const { accessToken } = binding.credentials;
    for (const turn of [1, 2]) {
      expect(inspect(accessToken), String(turn)).toBe("[redacted]");
      expect(JSON.stringify(accessToken)).toBe('"[redacted]"');
      expect(String(accessToken)).toBe("[redacted]");
      expect(String(new Error(`bad ${String(accessToken)}`))).toBe("Error: bad [redacted]");
      const printed = [
        inspect(binding, { depth: 20, showHidden: true }),
        inspect(accessToken, { customInspect: false, showHidden: true }),
        JSON.stringify(binding),
        JSON.stringify(Object.entries(accessToken)),
      ].join("\n");
      expect(printed).not.toContain(TOKEN);
      expect(accessToken.resolve().ok).toBe(true);
    }
  });
});

describe("a token that stands in a configuration", () => {
  const REASON =
    "is no reference, and a secret itself is never taken from here. Put the token into a variable and write `env:NAME`; a token that stood in a file is better replaced.";

  it.each([
    [`credentials: {access_token: ${TOKEN}}`, "credentials.access_token"],
    [`credentials: {access_token: "env:"}`, "credentials.access_token"],
    [`credentials: {access_token: 12345}`, "credentials.access_token"],
    [`credentials: {access_token: [${TOKEN}]}`, "credentials.access_token"],
    [`credentials: ${TOKEN}`, "credentials"],
  ])("is refused without it and without its line: %s", (line, path) => {
    const text = `config: {ad_account_id: 1}\n${line}\n`;
    expect(toldBy(bindFile(text), text)).toEqual([
      `binding.yaml at ${path} config.literal_secret: \`${path}\` ${REASON}`,
    ]);
  });

  it("is not shown when its key is misspelt", () => {
    const text = `config: {ad_account_id: 1}\ncredentials: {acces_token: ${TOKEN}}\n`;
    expect(toldBy(bindFile(text), text)).toEqual([
      "binding.yaml at credentials.acces_token config.unknown_key: `credentials.acces_token` is not a known key. Did you mean `access_token`?",
    ]);
  });

  it("is refused in code", () => {
    const options = { config: { adAccountId: 1 }, credentials: { accessToken: TOKEN } };
    expect(toldBy(bindOptions(options))).toEqual([
      `the options at credentials.accessToken config.literal_secret: \`credentials.accessToken\` ${REASON}`,
    ]);
  });
});
