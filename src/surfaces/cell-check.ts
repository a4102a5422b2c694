import { graphValidator, type SchemaViolation } from "../core/ajv.js";
import type { Json } from "../core/json.js";

/** What the spec says against the cells of a column, if anything. */
export type CellCheck = (cells: readonly Json[] | undefined) => SchemaViolation | undefined;

/** Holds the cells of a column against the spec. */
export function cellCheck(name: string): CellCheck {
  const violationsOf = graphValidator(`AudienceRow/properties/${name}`);
  return (cells = []) => {
    for (const cell of cells) {
      const [violation] = violationsOf(cell);
      if (violation !== undefined) return { ...violation, pointer: `/${name}${violation.pointer}` };
    }
    return undefined;
  };
}
