import type { GraphError } from "./graph-error.js";

/**
 * The positions of the items that an error names, each once: `["data", 3, "event_time"]` for events,
 * `["payload", "data", 3]` for rows.
 */
export function blamedItems({ blame }: GraphError): readonly number[] {
  const positions = blame.flatMap((path) => {
    const position = path[path.indexOf("data") + 1];
    return path.includes("data") && typeof position === "number" ? [position] : [];
  });
  return [...new Set(positions)];
}
