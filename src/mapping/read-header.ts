/** Reads what a mapping says of itself, before its sections. */
import type { Surface } from "../core/outcome.js";
import { entryOf, nodeValue, type MapNode } from "../core/yaml.js";
import { SURFACES } from "./form.js";
import type { Problems } from "./problems.js";

/** Reports a version of the language that is not this one. */
export function checkVersion(root: MapNode, problems: Problems): void {
  const node = entryOf(root, "mapping")?.value;
  if (node === undefined)
    problems.error(
      "mapping.missing_key",
      undefined,
      "the file does not say which version of the mapping language it is in",
      "Write `mapping: 1`.",
    );
  else if (nodeValue(node) !== 1)
    problems.error(
      "mapping.version",
      node.span,
      "this version of the mapping language is not known",
      "Write `mapping: 1`.",
    );
}

/** Reads which surface the mapping is for; without it nothing else can be read. */
export function readSurface(root: MapNode, problems: Problems): Surface | undefined {
  const node = entryOf(root, "surface")?.value;
  const surface = SURFACES.find((known) => node !== undefined && known === nodeValue(node));
  if (surface !== undefined) return surface;
  return problems.error(
    node === undefined ? "mapping.missing_key" : "mapping.unknown_surface",
    node?.span,
    node === undefined ? "the file does not name its surface" : "this surface is not known",
    "Write `surface: events` or `surface: custom_audiences`.",
  );
}

/** Reads what the mapping is for; empty when it does not say. */
export function readDescription(root: MapNode, problems: Problems): string {
  const node = entryOf(root, "description")?.value;
  const text = node && nodeValue(node);
  if (typeof text === "string") return text;
  if (node !== undefined)
    problems.wrongType(node, "description", "text", "Say in a sentence what the mapping is for.");
  return "";
}
