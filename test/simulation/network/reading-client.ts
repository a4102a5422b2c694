import type { GraphClient } from "../../../src/graph/client.js";
import type { Meta } from "../meta/meta.js";
import { json } from "./answers.js";
import { audienceOf, pageOf } from "./audience-page.js";

/** A client for plans: it is answered at once, without faults, and may only read. */
export function readingClient(meta: Meta, clock: () => number): GraphClient {
  const forbidden = () => Promise.reject(new Error("a plan changed something at Meta"));
  return {
    send: forbidden,
    createAudience: forbidden,
    listAudiences: (_, listing) => Promise.resolve(json(pageOf(meta, listing))),
    readAudience: (id) => Promise.resolve(json(audienceOf(meta, id, clock()))),
  };
}
