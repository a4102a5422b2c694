/** Reads `config`: explicit values, then the namespace, then defaults. */
import type { Surface } from "../core/outcome.js";
import { API_VERSION } from "../generated/constants.js";
import type { BindingConfig } from "./binding.js";
import { CONFIG_KEYS, type NamespaceKey } from "./binding-keys.js";
import type { ConfigSources } from "./config-sources.js";
import { CONFIG_READERS } from "./config-values.js";
import type { Field } from "./field.js";
import { environmentName, findInNamespace, tomlName } from "./namespace.js";
import type { Problems } from "./problems.js";
import { openSection, type Section } from "./section.js";

/** Where `config_namespace` leads; without sources nothing is looked up and nothing missed there. */
export interface ConfigNamespace {
  readonly name: string;
  readonly sources: ConfigSources | undefined;
}

/** Reads the section and holds it to what the surface requires. */
export function readConfig(
  field: Field,
  surface: Surface,
  namespace: ConfigNamespace | undefined,
  problems: Problems,
): BindingConfig | undefined {
  const section = openSection(field, CONFIG_KEYS, problems);
  if (section === undefined) return undefined;
  const reader = new ConfigReader(section, namespace, problems);
  const adAccountId = reader.adAccountId();
  const config = {
    apiVersion: reader.read("api_version") ?? API_VERSION,
    customerFileSource: reader.read("custom_audience_customer_file_source") ?? "USER_PROVIDED_ONLY",
    actionSource: section.take("action_source", CONFIG_READERS.action_source),
    pixelId: section.take("pixel_id", CONFIG_READERS.pixel_id),
    eventRoutes: section.take("event_routes", CONFIG_READERS.event_routes) ?? new Map(),
    testEventCode: section.take("test_event_code", CONFIG_READERS.test_event_code),
  };
  if (surface === "events") reader.requireForEvents();
  return adAccountId === undefined ? undefined : { adAccountId, ...config };
}

class ConfigReader {
  constructor(
    private readonly section: Section<(typeof CONFIG_KEYS)[number]>,
    private readonly namespace: ConfigNamespace | undefined,
    private readonly problems: Problems,
  ) {}

  read<K extends NamespaceKey>(key: K) {
    const field = this.find(key);
    return field && CONFIG_READERS[key](field, this.problems);
  }

  adAccountId(): string | undefined {
    if (this.find("ad_account_id") !== undefined) return this.read("ad_account_id");
    const { namespace } = this;
    if (namespace === undefined)
      return this.section.missing("ad_account_id", "Write it, or name a namespace that holds it.");
    if (namespace.sources === undefined) return undefined;
    const variable = environmentName(namespace.name, "ad_account_id");
    const table = tomlName(namespace.name, "ad_account_id", namespace.sources);
    return this.section.missing(
      "ad_account_id",
      `Write it, or set the variable \`${variable}\` or ${table}.`,
    );
  }

  /** A mapping may let a record say its `action_source`; most records do not. */
  requireForEvents(): void {
    const { section } = this;
    section.missing(
      "action_source",
      "Events need it: write where they take place, `website` for one.",
    );
    const routes = section.find("event_routes")?.node;
    const empty = routes?.kind === "map" && routes.entries.length === 0;
    if (section.isMeant("pixel_id") || (section.isMeant("event_routes") && !empty)) return;
    this.problems.report(
      "missing_key",
      section.place,
      `neither \`${section.pathOf("pixel_id")}\` nor \`${section.pathOf("event_routes")}\` says where events go`,
      "Write a pixel id for all events, or routes from event names to pixel ids; namespaces give neither.",
    );
  }

  private find(key: NamespaceKey): Field | undefined {
    const { sources, name = "" } = this.namespace ?? {};
    const explicit = this.section.find(key);
    if (explicit !== undefined || sources === undefined) return explicit;
    return findInNamespace(name, key, sources)?.field;
  }
}
