import type { MemoryTables } from "../../../src/store/memory/tables.js";
import { PLANTED } from "../records/secrets.js";
import type { Invariant } from "./invariant.js";

export const nothingPlanted: Invariant = {
  number: "20",
  says: "no token, raw e-mail or phone number occurs in the store or in a result",
  check:
    ({ tables }) =>
    (moment) => {
      if (moment.kind === "run_ended")
        return found("the result", JSON.stringify(moment.result, plain));
      return moment.kind === "finished" ? found("the store", textOf(tables)) : undefined;
    },
};

function found(where: string, text: string): string | undefined {
  const planted = PLANTED.exec(text);
  return planted === null
    ? undefined
    : `${where} says …${text.slice(Math.max(0, planted.index - 80), planted.index + 40)}…`;
}

function textOf(tables: MemoryTables): string {
  const { targets, runs, batches, events, rejects, members, audiences, changes } = tables;
  const all = [targets, runs, batches, events, rejects, members, audiences, changes];
  return JSON.stringify(all, plain);
}

function plain(_: string, value: unknown): unknown {
  return value instanceof Map || value instanceof Set ? [...value] : value;
}
