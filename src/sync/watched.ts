/** A source and a client that tell what becomes of them, and are otherwise what they were. */
import type { Clock } from "../core/ports.js";
import type { RunEvent } from "../delivery/run-event.js";
import type { Answer } from "../graph/answer.js";
import type { GraphClient } from "../graph/client.js";
import type { RowBatch } from "../planning/rendered-groups.js";
import type { RunInput } from "./run-input.js";

type Tell = (event: RunEvent) => void;

/** Tells how many records came, and when no more come. */
export function watchedSource<B>(input: RunInput<B>, clock: Clock, tell: Tell): RunInput<B> {
  return { ...input, batches: counted(input.batches, clock, tell) };
}

async function* counted<B>(
  batches: AsyncIterable<RowBatch<B>>,
  clock: Clock,
  tell: Tell,
): AsyncGenerator<RowBatch<B>, void, undefined> {
  try {
    for await (const batch of batches) {
      tell({ kind: "read", at: clock(), records: batch.rows });
      yield batch;
    }
  } finally {
    tell({ kind: "source_ended", at: clock() });
  }
}

/** Tells of the calls about audiences; what carries records is told of by the delivery. */
export function watchedCalls(client: GraphClient, clock: Clock, tell: Tell): GraphClient {
  const watched = async (call: () => Promise<Answer>): Promise<Answer> => {
    const startedAt = clock();
    const answer = await call();
    const answered = answer.kind === "json";
    if (answer.kind !== "not_sent") tell({ kind: "looked_up", at: clock(), startedAt, answered });
    return answer;
  };
  return {
    send: (request) => client.send(request),
    listAudiences: (...of) => watched(() => client.listAudiences(...of)),
    readAudience: (...of) => watched(() => client.readAudience(...of)),
    createAudience: (...of) => watched(() => client.createAudience(...of)),
  };
}
