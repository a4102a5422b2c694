/** People who are erased in a world of mirrors, and records that are sent there. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import { readBindingFile } from "../../../src/config/binding-declaration.js";
import type { Binding } from "../../../src/config/binding.js";
import { resolveBinding } from "../../../src/config/resolve-binding.js";
import type { Surface } from "../../../src/core/outcome.js";
import type { Result } from "../../../src/core/result.js";
import type { RetryPolicy } from "../../../src/delivery/retry-policy.js";
import type { RunResult } from "../../../src/delivery/run-result.js";
import { readMapping } from "../../../src/mapping/read-mapping.js";
import type { CheckedMapping } from "../../../src/mapping/form.js";
import { runJson } from "../../../src/report/run-json.js";
import { forget, liftSuppression } from "../../../src/sync/forget/forget.js";
import type { ForgetResult } from "../../../src/sync/forget/forget-result.js";
import type { ErasedPeople } from "../../../src/sync/forget/erased-people.js";
import { readPeople } from "../../../src/sync/forget/read-people.js";
import { liveRun, type DeliveryListener } from "../../../src/sync/live-run.js";
import { incomingRecords, recordInput } from "../../../src/sync/record-input.js";
import type { MirrorWorld } from "../mirror/world.js";

export const PLACE = { kind: "value", source: "test", path: "" } as const;

const BINDING = `
binding_name: meta
credential_namespace: destinations.meta
config: { ad_account_id: "1", pixel_id: "456", action_source: website }
`;

export function bindingOf(surface: Surface): Binding {
  const declared = expected(readBindingFile(BINDING, "meta.yaml", "/"));
  const env = { DESTINATIONS__META__ACCESS_TOKEN: "planted-token-3f9a" };
  return expected(resolveBinding(declared, surface, { env, toml: undefined }));
}

/** A mapping that ships, or one of a text. */
export async function mappingOf(name: "custom_audiences" | "events", text?: string) {
  const shipped = new URL(`../../../mappings/${name}.yaml`, import.meta.url);
  const { mapping } = readMapping(text ?? (await readFile(shipped, "utf8")), `${name}.yaml`);
  if (mapping === undefined) throw new Error("the mapping cannot be read");
  return mapping;
}

/** What a test may say of an erasure. */
export interface ErasureWords {
  readonly mode?: "dry" | "live";
  readonly mapping?: CheckedMapping;
  readonly retry?: Partial<RetryPolicy>;
  readonly interrupted?: AbortSignal;
  readonly gone?: readonly string[];
  readonly listener?: DeliveryListener;
}

/** Erases the people of a CSV text, an hour after whatever was before. */
export async function erase(
  world: MirrorWorld,
  text: string,
  {
    mode = "live",
    mapping: given,
    retry,
    interrupted,
    gone = [],
    listener = {},
  }: ErasureWords = {},
): Promise<ForgetResult> {
  world.pass(3_600_000);
  const mapping = given ?? (await mappingOf("custom_audiences"));
  const people = expected(await readText(text, mapping));
  return forget(people, world.session(bindingOf("custom_audiences"), retry), {
    mapping,
    mode,
    gone: new Set(gone),
    listener,
    interrupted: interrupted ?? new AbortController().signal,
    describe: (result) => JSON.stringify(runJson(result)),
  });
}

export async function lift(world: MirrorWorld, text: string): Promise<number> {
  const people = expected(await readText(text, await mappingOf("custom_audiences")));
  return liftSuppression(people, world.session(bindingOf("custom_audiences")));
}

/** Reads people out of a file with that text. */
export async function readText(
  text: string,
  mapping: CheckedMapping,
  name = "erased.csv",
): Promise<Result<ErasedPeople, readonly { readonly message: string }[]>> {
  const folder = await mkdtemp(path.join(tmpdir(), "retl-meta-forget-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = path.join(folder, name);
  await writeFile(file, text);
  return readPeople({ file, place: PLACE, mapping, binding: bindingOf("custom_audiences") });
}

/** Sends contract records, an hour after whatever was before. */
export async function send(
  world: MirrorWorld,
  name: "custom_audiences" | "events",
  records: readonly object[],
): Promise<RunResult> {
  world.pass(3_600_000);
  const mapping = await mappingOf(name);
  const binding = bindingOf(name);
  const incoming = incomingRecords(records);
  const input = recordInput({ mapping, binding, records: incoming, now: world.clock() });
  return liveRun(input, world.session(binding), {
    describe: (result) => JSON.stringify(runJson(result)),
  });
}

/** Somebody who is added to an audience by a record, or removed. */
export function record(id: string, operation = "upsert", target = "Leads"): object {
  const identifiers = [{ type: "email", value: `${id}@example.test` }];
  return { operation, target, key: { id }, identifiers };
}

function expected<T>(result: Result<T, readonly { readonly message: string }[]>): T {
  if (!result.ok) throw new Error(result.error.map(({ message }) => message).join("\n"));
  return result.value;
}
