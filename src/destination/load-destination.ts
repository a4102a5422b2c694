/** Loads destinations by reference: the entry of the library. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { declareBinding, type BindingOptions } from "../config/binding-options.js";
import { loadConfigSources } from "../config/load-config-sources.js";
import { mappingReference } from "../config/mapping-reference.js";
import { resolveBinding } from "../config/resolve-binding.js";
import type { Diagnostic } from "../core/diagnostic.js";
import { nearName } from "../core/near-name.js";
import type { Clock } from "../core/ports.js";
import { memoryStore } from "../store/memory/memory-store.js";
import type { CheckedMapping } from "../mapping/form.js";
import type { MappingReading } from "../mapping/read-mapping.js";
import type { Store } from "../store/store.js";
import { loadMapping } from "../sync/load-mapping.js";
import { openSession } from "../sync/session.js";
import { createDestination } from "./create-destination.js";
import type { Destination } from "./destination.js";

/** What `loadDestination` takes: the keys of a binding, and the parts of the world that it may touch. */
export interface DestinationOptions extends Omit<BindingOptions, "mapping"> {
  /** A shipped name (`events`, `custom_audiences`), a path, or what `compileMapping` made of a text. */
  readonly mapping: string | CheckedMapping;
  /** Where relative paths start; the working directory when missing. */
  readonly directory?: string;
  /** The variables in which namespaces and `env:NAME` are looked up; those of the process when missing. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** A TOML file; `./retl.toml`, if there is one, when missing. */
  readonly configFile?: string;
  /**
   * What is known of earlier runs: `openDuckdbStore`, `openPostgresStore`. Without one a destination knows
   * what it has delivered itself, and the next process would send it again. Whoever opened it closes it.
   */
  readonly store?: Store;
  /** Milliseconds since the epoch; `Date.now` when missing. */
  readonly clock?: Clock;
}

/** Makes a destination of one kind. */
export type DestinationFactory = (options: DestinationOptions) => Promise<Destination>;

/**
 * A configuration that cannot be used, thrown by `loadDestination` before any record: everything that is
 * wrong with it, each with a stable code (`config.…`, `mapping.…`), its place and a remedy.
 *
 * @example
 * try {
 *   await loadDestination("retl/meta", { mapping: "evnets" });
 * } catch (error) {
 *   if (!(error instanceof ConfigurationError)) throw error;
 *   const [first] = error.diagnostics;
 *   console.log(first?.code, first?.remedy); // => "config.unknown_mapping", "Did you mean `events`?"
 * }
 */
export class ConfigurationError extends Error {
  constructor(readonly diagnostics: readonly Diagnostic[]) {
    super(
      diagnostics.map(({ message, remedy, code }) => `${message} (${code}). ${remedy}`).join("\n"),
    );
    this.name = "ConfigurationError";
  }
}

/**
 * The destinations that are known, by reference.
 *
 * @example
 * console.log([...destinations.keys()]); // => ["retl/meta"]
 */
export const destinations = new Map<string, DestinationFactory>([["retl/meta", loadMeta]]);

/**
 * Adds a destination, or replaces one, so that `loadDestination` finds it: a variant of this one, or
 * one of your own.
 *
 * @example
 * registerDestination("acme/meta-staging", (given) =>
 *   loadDestination("retl/meta", { ...given, onPersonalData: "reject" }),
 * );
 * const staging = await loadDestination("acme/meta-staging", options);
 * console.log(staging.binding.onPersonalData); // => "reject"
 */
export function registerDestination(ref: string, factory: DestinationFactory): void {
  destinations.set(ref, factory);
}

/**
 * Loads a destination. Building one reads the mapping and the configuration, resolves no credential and
 * sends nothing. A token needs the permission `ads_management`.
 *
 * @param ref `retl/meta`, or one that was registered
 * @throws {ConfigurationError} with everything that is wrong with the options, at once
 * @see https://developers.facebook.com/docs/marketing-api/conversions-api/get-started
 * @example
 * const conversions = await loadDestination("retl/meta", {
 *   mapping: "events",
 *   config: { adAccountId: "act_123", pixelId: "456", actionSource: "website" },
 *   credentials: { accessToken: "env:META_ACCESS_TOKEN" },
 * });
 * console.log(conversions.mapping.surface); // => "events"
 * console.log(conversions.binding.config.adAccountId); // => "123"
 */
export async function loadDestination(
  ref: string,
  options: DestinationOptions,
): Promise<Destination> {
  const factory = destinations.get(ref);
  if (factory === undefined) throw new ConfigurationError([unknownDestination(ref)]);
  return factory(options);
}

async function loadMeta(options: DestinationOptions): Promise<Destination> {
  const { directory, env, configFile, store, clock = Date.now, mapping: given, ...rest } = options;
  const base = path.resolve(directory ?? ".");
  const read = (file: string) => readFile(path.resolve(base, file), "utf8");
  const sources = await loadConfigSources({ env: env ?? process.env, readFile: read, configFile });
  if (!sources.ok) throw new ConfigurationError(sources.error);
  const { mapping, diagnostics } = await readGivenMapping(given, base, read);
  const surface = mapping?.surface ?? "events";
  const named = typeof given === "string" ? { mapping: given } : {};
  const declared = declareBinding({ ...rest, ...named }, base);
  const binding = resolveBinding(declared, surface, sources.value);
  const problems = [
    ...diagnostics.filter(({ severity }) => severity === "error"),
    ...(binding.ok || mapping === undefined ? [] : binding.error),
  ];
  if (mapping === undefined || !binding.ok) throw new ConfigurationError(problems);
  const parts = { store: store ?? memoryStore(), clock, transport: binding.value.transport };
  const session = openSession(binding.value, parts);
  return createDestination({ ref: "retl/meta", mapping, session, hasStore: store !== undefined });
}

async function readGivenMapping(
  given: DestinationOptions["mapping"],
  base: string,
  read: (file: string) => Promise<string>,
): Promise<MappingReading> {
  if (given instanceof Object) return { mapping: given, diagnostics: [] };
  const place = { kind: "value", source: "the options", path: "mapping" } as const;
  const reference = mappingReference(given, base, place);
  return loadMapping(reference, (file) => read(file).catch(() => undefined));
}

function unknownDestination(ref: string): Diagnostic {
  const known = [...destinations.keys()];
  const near = nearName(ref, known);
  return {
    code: "config.unknown_destination",
    severity: "error",
    message: `there is no destination \`${ref}\``,
    remedy:
      near === undefined
        ? `Known: ${known.map((one) => `\`${one}\``).join(", ")}.`
        : `Did you mean \`${near}\`?`,
    place: { kind: "value", source: "loadDestination", path: "ref" },
  };
}
