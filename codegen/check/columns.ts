import { componentSchema } from "../schema-node.js";
import type { SpecNode } from "../spec-node.js";
import type { Fault } from "./fault.js";

/** The columns of a row are exactly those that a request can name. */
export function columns(document: SpecNode): readonly Fault[] {
  const row = componentSchema(document, "AudienceRow");
  const column = componentSchema(document, "AudienceColumn");
  const cells = row.properties().map(([name]) => name);
  const named = column.keyword("enum").texts();
  return [
    ...cells
      .filter((name) => !named.includes(name))
      .map((name) => ({
        place: column.place,
        message: `\`AudienceRow\` has a column \`${name}\` that is missing here`,
      })),
    ...named
      .filter((name) => !cells.includes(name))
      .map((name) => ({
        place: row.place,
        message: `\`AudienceColumn\` has a column \`${name}\` that is missing here`,
      })),
  ];
}
