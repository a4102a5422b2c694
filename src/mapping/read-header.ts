/** Reads what a mapping says of itself, before its sections. */
import type { Surface } from "../core/outcome.js";
import { entryOf, nodeValue, type MapNode } from "../core/yaml.js";
import { SURFACES } from "./form.js";
import { misspelt, type Problems } from "./problems.js";

/** Reports a version of the language that is not this one. */
export function checkVersion(root: MapNode, keys: readonly string[], problems: Problems): void {
  const node = entryOf(root, "mapping")?.value;
  if (node === undefined && misspelt(root, "mapping", keys) === undefined)
    problems.error(
      "mapping.missing_key",
      undefined,
      "the file does not say which version of the mapping language it is in",
      "Write `mapping: 1`.",
    );
  if (node !== undefined && nodeValue(node) !== 1)
    problems.error(
      "mapping.version",
      node.span,
      "this version of the mapping language is not known",
      "Write `mapping: 1`.",
    );
}

/** Reads which surface the mapping is for; without it nothing else can be read. */
export function readSurface(
  root: MapNode,
  keys: readonly string[],
  problems: Problems,
): Surface | undefined {
  const node = entryOf(root, "surface")?.value;
  const surface = SURFACES.find((known) => node !== undefined && known === nodeValue(node));
  if (surface !== undefined) return surface;
  if (node !== undefined)
    return problems.error(
      "mapping.unknown_surface",
      node.span,
      "this surface is not known",
      REMEDY,
    );
  if (misspelt(root, "surface", keys) !== undefined) return undefined;
  return problems.error(
    "mapping.missing_key",
    undefined,
    "the file does not name its surface",
    REMEDY,
  );
}

const REMEDY = "Write `surface: events` or `surface: custom_audiences`.";

/** Reads what the mapping is for; empty when it does not say. */
export function readDescription(root: MapNode, problems: Problems): string {
  const node = entryOf(root, "description")?.value;
  const text = node && nodeValue(node);
  if (typeof text === "string") return text;
  if (node !== undefined)
    problems.wrongType(node, "description", "text", "Say in a sentence what the mapping is for.");
  return "";
}
