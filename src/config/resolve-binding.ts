/** From a declaration to a binding, or to everything that is wrong with it. */
import type { Diagnostic } from "../core/diagnostic.js";
import type { Surface } from "../core/outcome.js";
import type { Transport } from "../core/ports.js";
import { fail, ok, type Result } from "../core/result.js";
import {
  FAILURE_POLICIES,
  MAX_CONCURRENCY,
  PERSONAL_DATA_POLICIES,
  type Binding,
} from "./binding.js";
import type { BindingDeclaration, CodeParts } from "./binding-declaration.js";
import { BINDING_KEYS } from "./binding-keys.js";
import { NO_SOURCES, type ConfigSources } from "./config-sources.js";
import { mappingReference, type MappingReference } from "./mapping-reference.js";
import { readNamed } from "./named-values.js";
import { readNamespace, refuseBaseUrl } from "./namespace.js";
import { Problems } from "./problems.js";
import { readConfig, type ConfigNamespace } from "./read-config.js";
import { readCredentials } from "./read-credentials.js";
import { readStore } from "./read-store.js";
import { readCount, readId, readOneOf, readText } from "./scalars.js";
import { SecretRef, type SecretOrigin } from "./secret-ref.js";
import { openSection, type Reader, type Section } from "./section.js";

/**
 * Reads a declaration, looking up its namespace. No credential is resolved.
 *
 * @param surface what the mapping is for; events require more
 */
export function resolveBinding(
  declaration: BindingDeclaration,
  surface: Surface,
  sources: ConfigSources,
): Result<Binding, readonly Diagnostic[]> {
  const problems = new Problems();
  const binding = new BindingReader(declaration, sources, problems).read(surface);
  const { diagnostics } = problems;
  return binding === undefined || diagnostics.length > 0 ? fail(diagnostics) : ok(binding);
}

/** What is wrong with a declaration whatever its namespaces hold. */
export function bindingProblems(
  declaration: BindingDeclaration,
  surface: Surface,
): readonly Diagnostic[] {
  const problems = new Problems();
  new BindingReader(declaration, undefined, problems).read(surface);
  return problems.diagnostics;
}

/** The mapping that a declaration names, if it names one; for a caller that has no surface yet. */
export function declaredMapping(declaration: BindingDeclaration): MappingReference | undefined {
  const { field, mapping } = declaration;
  const unheard = new Problems();
  return (
    mapping ??
    openSection(field, BINDING_KEYS, unheard)?.take("mapping", readMapping(declaration.directory))
  );
}

type BindingSection = Section<(typeof BINDING_KEYS)[number]>;

class BindingReader {
  constructor(
    private readonly declaration: BindingDeclaration,
    private readonly sources: ConfigSources | undefined,
    private readonly problems: Problems,
  ) {}

  read(surface: Surface): Binding | undefined {
    const { field, code, defaultName } = this.declaration;
    const transport = code && readTransport(code, this.problems);
    if (code !== undefined && code.diagnostics.length > 0) {
      this.problems.include(code.diagnostics);
      return undefined;
    }
    const section = openSection(field, BINDING_KEYS, this.problems);
    if (section === undefined) return undefined;
    this.refuseBaseUrls(section);
    const parts = {
      bindingName: section.take("binding_name", readText) ?? defaultName,
      mapping: this.mapping(section),
      credentials: this.credentials(section),
      targets: section.take("targets", readNamed(readId)) ?? new Map<string, string>(),
      onFailure: section.take("on_failure", readOneOf(FAILURE_POLICIES)) ?? "continue_on_any",
      onPersonalData: section.take("on_personal_data", readOneOf(PERSONAL_DATA_POLICIES)) ?? "warn",
      concurrency: section.take("concurrency", readCount(MAX_CONCURRENCY)) ?? 4,
      maxBodyBytes: section.take("max_body_bytes", readCount()),
      store: section.take("store", readStore(this.declaration.directory)),
      transport,
    };
    const config = this.config(section, surface);
    return config && { ...parts, config };
  }

  private mapping(section: BindingSection): MappingReference | undefined {
    const { mapping, mappingRequired, directory } = this.declaration;
    const read = readMapping(directory);
    if (mapping !== undefined || mappingRequired !== true)
      return mapping ?? section.take("mapping", read);
    return section.need(
      "mapping",
      read,
      "Write the name of a mapping that is shipped, `events` or `custom_audiences`, or a path.",
    );
  }

  private config(section: BindingSection, surface: Surface) {
    const name = section.take("config_namespace", readNamespace);
    const namespace = name === undefined ? UNREADABLE : { name, sources: this.sources };
    return readConfig(
      section.findMap("config"),
      surface,
      section.isMeant("config_namespace") ? namespace : undefined,
      this.problems,
    );
  }

  private credentials(section: BindingSection): Binding["credentials"] {
    const declared = section.take("credentials", readCredentials);
    const namespace = section.take("credential_namespace", readNamespace);
    const read = this.declaration.code?.accessToken;
    const origin =
      read === undefined
        ? (declared ?? fromNamespace(namespace))
        : ({ kind: "function", read } as const);
    return { accessToken: new SecretRef(origin, this.sources ?? NO_SOURCES) };
  }

  private refuseBaseUrls(section: BindingSection): void {
    const { sources } = this;
    if (sources === undefined) return;
    const unheard = new Problems();
    const fields = [section.find("config_namespace"), section.find("credential_namespace")];
    const names = new Set(fields.map((field) => field && readNamespace(field, unheard)));
    for (const name of names) if (name !== undefined) refuseBaseUrl(name, sources, this.problems);
  }
}

/** A namespace whose name is wrong: that was reported, what it would hold is not missed. */
const UNREADABLE: ConfigNamespace = { name: "", sources: undefined };

function fromNamespace(namespace: string | undefined): SecretOrigin {
  return namespace === undefined ? { kind: "none" } : { kind: "namespace", namespace };
}

function readMapping(directory: string): Reader<MappingReference> {
  return (field, problems) => {
    const text = readText(field, problems);
    return text === undefined ? undefined : mappingReference(text, directory, field.place);
  };
}

function readTransport({ transport }: CodeParts, problems: Problems): Transport | undefined {
  if (transport === undefined || isTransport(transport)) return transport;
  return problems.report(
    "transport",
    { kind: "value", source: "the options", path: "transport" },
    "`transport` is no function",
    "Pass a `fetch`-compatible function: a `Request` in, a promise of a `Response` out.",
  );
}

function isTransport(value: unknown): value is Transport {
  return typeof value === "function";
}
