/** Finds the mapping that a reference means, and reads it. */
import { fileURLToPath } from "node:url";
import type { MappingReference } from "../config/mapping-reference.js";
import type { Diagnostic } from "../core/diagnostic.js";
import { fileKind } from "../config/file-kind.js";
import { isOwnFile } from "../config/own-file.js";
import { nearName } from "../core/near-name.js";
import { readYaml } from "../core/yaml.js";
import { readMappingTree, type MappingReading } from "../mapping/read-mapping.js";

/**
 * The mappings that come with the package: for each surface the record contract, Meta's vocabulary, and
 * the presets for one purpose each.
 */
export const SHIPPED_MAPPINGS = [
  "custom_audiences",
  "custom_audiences.meta",
  "custom_audiences.value",
  "events",
  "events.meta",
  "events.app",
  "events.in_store",
  "events.lead_crm",
  "events.web_purchase",
] as const;

/** Reads the text of a file; `undefined` when there is none. */
export type ReadText = (file: string) => Promise<string | undefined>;

/** A mapping as it was found. */
export interface LoadedMapping extends MappingReading {
  /** The file, for messages; its text for their frames. */
  readonly file: string;
  readonly text: string;
}

/**
 * Loads the mapping of a reference; a mapping that is not there is a diagnostic like any other.
 *
 * @param nameOf how messages name a file of the user's; by its path when missing
 */
export async function loadMapping(
  reference: MappingReference,
  readText: ReadText,
  nameOf: (path: string) => string = (path) => path,
): Promise<LoadedMapping> {
  const path = pathOf(reference);
  const text = path === undefined ? undefined : await readText(path);
  if (path === undefined || text === undefined) return withoutText(notFound(reference, nameOf));
  const file =
    reference.kind === "shipped" ? `retl-meta/mappings/${reference.name}.yaml` : nameOf(path);
  if (!isOwnFile(path, text)) return refused(`\`${file}\` is no mapping`, reference);
  const yaml = readYaml(text, file);
  if (fileKind(yaml.root) === "sync")
    return refused(`\`${file}\` is a sync file, and a mapping is wanted`, reference);
  return { file, text, ...readMappingTree(yaml, file) };
}

function pathOf(reference: MappingReference): string | undefined {
  if (reference.kind === "file") return reference.path;
  const name = SHIPPED_MAPPINGS.find((shipped) => shipped === reference.name);
  return name && fileURLToPath(new URL(`../../mappings/${name}.yaml`, import.meta.url));
}

/** Another file stands where a mapping should. */
function refused(message: string, { place }: MappingReference): LoadedMapping {
  const remedy = "Name a mapping that ships, or the file that begins with `mapping: 1`.";
  return withoutText({
    code: "config.not_a_mapping",
    severity: "error",
    message,
    remedy,
    place,
  });
}

/** Nothing is quoted of a file that is no mapping. */
function withoutText(diagnostic: Diagnostic): LoadedMapping {
  return { file: "", text: "", mapping: undefined, diagnostics: [diagnostic] };
}

function notFound(reference: MappingReference, nameOf: (path: string) => string): Diagnostic {
  const base = {
    code: "config.unknown_mapping",
    severity: "error",
    place: reference.place,
  } as const;
  if (reference.kind === "file")
    return {
      ...base,
      message: `there is no mapping file \`${nameOf(reference.path)}\``,
      remedy: "Mind that a relative path starts at the file that names it.",
    };
  const near = nearName(reference.name, SHIPPED_MAPPINGS);
  return {
    ...base,
    message: `no mapping is shipped under the name \`${reference.name}\``,
    remedy:
      near === undefined
        ? `Shipped: ${SHIPPED_MAPPINGS.map((name) => `\`${name}\``).join(", ")}; a file of your own is a path that ends in \`.yaml\`.`
        : `Did you mean \`${near}\`?`,
  };
}
