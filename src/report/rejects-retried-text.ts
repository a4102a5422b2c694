import { counted } from "./table.js";

/** How many rejects a word concerned, by who had refused. */
export interface RejectsRetried {
  readonly meta: number;
  readonly operator: number;
  /** Left as they are. */
  readonly local: number;
}

/** What follows from `rejects retry`. */
export function rejectsRetriedText({ meta, operator, local }: RejectsRetried): string {
  const lines = [
    ...(meta > 0 ? [`${counted(meta, "refused record")} will be sent again by the next run.`] : []),
    ...(operator > 0
      ? [
          `${counted(operator, "record")} that an operator gave up ${are(operator)} open again: the next run sends what can be repeated safely, \`ledger retry\` decides about the rest.`,
        ]
      : []),
    ...(local > 0
      ? [
          `${counted(local, "record")} that retl-meta itself rejected ${local === 1 ? "stays" : "stay"}: every run checks such records anew, so correct the source or the mapping.`,
        ]
      : []),
  ];
  return lines.length === 0 ? "No reject fits.\n" : `${lines.join("\n")}\n`;
}

function are(count: number): string {
  return count === 1 ? "is" : "are";
}
