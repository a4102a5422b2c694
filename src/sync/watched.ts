/** A source and a client that tell what becomes of them, and are otherwise what they were. */
import type { Clock } from "../core/ports.js";
import { httpAnswer, type RunEvent } from "../delivery/run-event.js";
import { OPERATIONS } from "../generated/constants.js";
import type { Answer } from "../graph/answer.js";
import { classify } from "../graph/classification.js";
import type { GraphClient } from "../graph/client.js";
import { describeAnswer } from "../graph/meta-answer.js";
import type { RowBatch } from "../planning/rendered-groups.js";
import type { RunInput } from "./run-input.js";
import type { Session } from "./session.js";

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
export function watchedCalls(
  { client, binding, redact, clock }: Pick<Session, "client" | "binding" | "redact" | "clock">,
  tell: Tell,
): GraphClient {
  const watched = async (
    operation: LookUp,
    call: (client: GraphClient) => Promise<Answer>,
  ): Promise<Answer> => {
    const startedAt = clock();
    const answer = await call(client);
    if (answer.kind === "not_sent") return answer;
    const { method, path } = OPERATIONS[operation];
    const template = `/${binding.config.apiVersion}${path}`;
    const answered = answer.kind === "json";
    const evidenceCode = answered ? undefined : classify(answer).evidence;
    const said = httpAnswer(describeAnswer(answer, redact));
    const http = { method, template, answer: said, evidenceCode };
    tell({ kind: "looked_up", at: clock(), startedAt, answered, call: http });
    return answer;
  };
  return {
    send: (request) => client.send(request),
    listAudiences: (...of) => watched("listCustomAudiences", (meta) => meta.listAudiences(...of)),
    readAudience: (...of) => watched("readObject", (meta) => meta.readAudience(...of)),
    createAudience: (...of) =>
      watched("createCustomAudience", (meta) => meta.createAudience(...of)),
  };
}

type LookUp = "listCustomAudiences" | "readObject" | "createCustomAudience";
