/** Reads a sync file. */
import type { Diagnostic } from "../core/diagnostic.js";
import { fail, ok, type Result } from "../core/result.js";
import { readYaml } from "../core/yaml.js";
import type { BindingDeclaration } from "./binding-declaration.js";
import { NO_SOURCES, type ConfigSources } from "./config-sources.js";
import { Field, fileOrigin } from "./field.js";
import { fileKind } from "./file-kind.js";
import { Problems } from "./problems.js";
import { readEvent, readState } from "./read-declaration.js";
import { readSource, SOURCE_REMEDY } from "./read-source.js";
import { readStore } from "./read-store.js";
import { bindingProblems } from "./resolve-binding.js";
import { readText } from "./scalars.js";
import { openSection, type Section } from "./section.js";
import type { Declaration, SyncFile } from "./sync-file.js";

const KEYS = ["sync", "source", "state", "event", "destination", "store"] as const;

const MAPPING_GIVEN = "this is a mapping, and a sync file is wanted";
const MAPPING_REMEDY =
  "Name the file with `sync`, `source` and `destination`; it names this one: `destination: {mapping: …}`.";

/**
 * Reads the text of a sync file. What is wrong with its binding comes with `resolveBinding`, or
 * here when other parts are wrong as well: either way all problems of the file come at once.
 *
 * @param file its name, for diagnostics
 * @param directory where it lies, absolute; relative paths start here
 * @param sources in which a secret that it names is looked up when it is needed
 */
export function readSyncFile(
  text: string,
  file: string,
  directory: string,
  sources: ConfigSources = NO_SOURCES,
): Result<SyncFile, readonly Diagnostic[]> {
  const { root, diagnostics } = readYaml(text, file);
  if (root === undefined) return fail(diagnostics);
  const problems = new Problems();
  const field = new Field(root, "", fileOrigin(file));
  if (fileKind(root) === "mapping") {
    problems.report("not_a_sync_file", field.keyPlace, MAPPING_GIVEN, MAPPING_REMEDY);
    return fail(problems.diagnostics);
  }
  const sync = new SyncReader(field, directory, sources, problems).read();
  return sync === undefined || problems.diagnostics.length > 0
    ? fail(problems.diagnostics)
    : ok(sync);
}

class SyncReader {
  constructor(
    private readonly root: Field,
    private readonly directory: string,
    private readonly sources: ConfigSources,
    private readonly problems: Problems,
  ) {}

  read(): SyncFile | undefined {
    const section = openSection(this.root, KEYS, this.problems);
    if (section === undefined) return undefined;
    const name = section.need("sync", readText, "Name the sync: its state is kept by this name.");
    const source = section.need("source", readSource(this.directory, this.sources), SOURCE_REMEDY);
    const declaration = this.declaration(section);
    const store = section.take("store", readStore(this.directory));
    const binding = this.binding(section, name);
    if (binding !== undefined && this.problems.diagnostics.length > 0) {
      const surface = section.find("event") === undefined ? "custom_audiences" : "events";
      this.problems.include(bindingProblems(binding, surface));
    }
    if (name === undefined || binding === undefined) return undefined;
    return source && declaration && { name, source, declaration, binding, store };
  }

  private declaration(section: Section<(typeof KEYS)[number]>): Declaration | undefined {
    const state = section.take("state", readState);
    const event = section.take("event", readEvent);
    const given = [section.find("state"), section.find("event")].filter((one) => one !== undefined);
    if (given.length === 1) return state ?? event;
    return this.problems.report(
      "declaration",
      given[1]?.keyPlace ?? section.place,
      given.length === 0
        ? "the file has neither `state` nor `event`"
        : "the file has both `state` and `event`",
      "Write `state` for who should be in an audience, or `event` for what happened; a file has one.",
    );
  }

  private binding(
    section: Section<(typeof KEYS)[number]>,
    defaultName = "",
  ): BindingDeclaration | undefined {
    const field = section.find("destination");
    if (field === undefined)
      return section.missing(
        "destination",
        "Write `destination:` with a `mapping` and a `config`.",
      );
    return { field, directory: this.directory, defaultName, mappingRequired: true };
  }
}
