import { NO_FACTS, type RecordFacts } from "../checks/record-facts.js";
import type { ColumnExpression, Declaration } from "../config/sync-file.js";

/** What the declaration of a sync says of its records, for the checks of its mapping. */
export function declaredFacts(declaration: Declaration): RecordFacts {
  const { key, payload, identifiers } = declaration;
  const facts: RecordFacts = {
    ...NO_FACTS,
    key: new Map([...key].map(([part, expression]) => [part, columnsOf(expression)])),
    payload: new Set(payload.keys()),
    identifiers: new Set(identifiers.keys()),
  };
  if (declaration.kind === "state") return facts;
  return {
    ...facts,
    eventName: constantName(declaration.eventName),
    seconds: seconds(declaration),
  };
}

function columnsOf(expression: ColumnExpression): readonly string[] {
  return expression.kind === "constant" ? [] : expression.columns.map(({ name }) => name);
}

function constantName(expression: ColumnExpression): string | undefined {
  return expression.kind === "constant" && typeof expression.value === "string"
    ? expression.value
    : undefined;
}

function seconds({ occurredAt }: Extract<Declaration, { kind: "event" }>): RecordFacts["seconds"] {
  if (occurredAt.kind !== "epoch" || occurredAt.unit !== "s") return undefined;
  if (occurredAt.from.kind === "constant") return undefined;
  const [first] = occurredAt.from.columns;
  return first && { columns: columnsOf(occurredAt.from), place: first.place };
}
