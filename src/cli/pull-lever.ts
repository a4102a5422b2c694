/** An operator's word on requests of the ledger. */
import { remedyOf } from "../core/catalogue/catalogue.js";
import { leverRefusal, leverText, type Lever, type LeverDone } from "../report/lever-text.js";
import { snakeJson } from "../report/snake-json.js";
import type { LoggedBatch } from "../store/ledger.js";
import { EXIT } from "./exit-codes.js";
import { findBatch } from "./find-batch.js";
import { print } from "./print.js";
import type { Talk } from "./talk.js";
import type { StoreWork } from "./with-store.js";

/** Says the word of each request, one after the other, and what came of it. */
export async function pullLever(
  work: StoreWork,
  lever: Lever,
  batchIds: readonly string[],
): Promise<number> {
  let code: number = EXIT.ok;
  for (const batchId of new Set(batchIds))
    code = Math.max(code, await pullOne(work, lever, batchId));
  return code;
}

async function pullOne(work: StoreWork, lever: Lever, batchId: string): Promise<number> {
  const { store, io, talk } = work;
  const { ledger } = store;
  const before = (await findBatch(ledger, batchId))?.batch;
  const effect =
    lever === "retry" ? await ledger.retry(batchId) : await ledger.skip(batchId, io.clock());
  if (before === undefined || effect.kind === "unknown_batch") return unknownBatch(batchId, talk);
  if (effect.kind === "refused") {
    const { message, remedy } = leverRefusal(before, effect.because);
    return talk.error("ledger.refused", message, remedy);
  }
  await said(work, lever, before, effect);
  return EXIT.ok;
}

function said(
  work: StoreWork,
  lever: Lever,
  before: LoggedBatch,
  effect: LeverDone,
): Promise<void> {
  const { events, rejects } = effect;
  return print(work, {
    text: () => `${leverText(lever, before, effect)}\n`,
    json: () => snakeJson({ did: lever, batchId: before.batchId, events, rejects }),
  });
}

/** Gives the exit code. */
export async function unknownBatch(batchId: string, talk: Talk): Promise<number> {
  return talk.error(
    "ledger.unknown_batch",
    `the ledger has no request \`${batchId}\``,
    remedyOf("ledger.unknown_batch"),
  );
}
