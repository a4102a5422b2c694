/** The client of one process: the four calls, as Meta sees them. */
import type { Answer } from "../../../src/graph/answer.js";
import type { AudienceListing, GraphClient } from "../../../src/graph/client.js";
import type { JsonObject } from "../../../src/core/json.js";
import type { Verdict } from "../meta/meta.js";
import { itemTexts, readRequest } from "../meta/wire.js";
import type { CallSort, Exchange, SentBatch } from "../moments.js";
import { json, verdictAnswer } from "./answers.js";
import { audienceOf, pageOf } from "./audience-page.js";
import { exchangeOver, type Network, type Taken } from "./exchange.js";
import type { CallKind } from "./faults.js";
import type { SendLog } from "./send-log.js";

/** Makes a client. @param isHeard false once its process has ended */
export function simulatedClient(
  network: Network,
  log: SendLog,
  account: string,
  isHeard: () => boolean,
): GraphClient {
  const { time, meta } = network;
  const unanswered = { creations: 0 };
  const make = (
    call: CallKind,
    sort: CallSort,
    take: () => Taken,
    sent?: SentBatch,
  ): Promise<Answer> => {
    const paceKey = sent?.request.kind === "events" ? sent.request.id : account;
    const exchange: Exchange = { call, sort, paceKey, leftAt: time.clock(), sent };
    return exchangeOver(network, { exchange, take }, isHeard);
  };
  return {
    send: (rendered) => {
      const request = readRequest(rendered);
      const sent = log.sent(rendered, request);
      const sort = log.sortOf(sent, itemTexts(request));
      const take = (): Taken => {
        const verdict = meta.take(request, time.clock());
        const answer: Taken["answer"] = (usage) => verdictAnswer(request, verdict, usage);
        return { verdict, complete: takesSome(verdict), answer };
      };
      return make("send", sort, take, sent);
    },
    listAudiences: (_, listing) => {
      const sort = sortOfListing(listing, unanswered.creations > 0);
      return make("list", sort, () => whole(pageOf(meta, listing)));
    },
    readAudience: (id) => make("read", "read", () => whole(audienceOf(meta, id, time.clock()))),
    createAudience: async (_, body) => {
      const sort = unanswered.creations > 0 ? "create_again" : "create";
      unanswered.creations += 1;
      const answer = await make("create", sort, () => {
        const { id } = meta.addAudience(body.name, body.is_value_based ?? false);
        return whole({ id });
      });
      if (answer.kind === "json") unanswered.creations = 0;
      return answer;
    },
  };
}

/** What Meta counts as malformed all of it, it has not taken. */
function takesSome(verdict: Verdict): boolean {
  return verdict.kind === "received" && verdict.malformed.length < verdict.received;
}

function sortOfListing({ after }: AudienceListing, again: boolean): CallSort {
  if (again) return "list_again";
  return after === undefined ? "list" : "next_page";
}

function whole(body: JsonObject): Taken {
  return { complete: true, answer: (usage) => json(body, usage) };
}
