/** Mistakes in sending and in reading answers. */
import {
  isJsonArray,
  isJsonObject,
  parseJson,
  type Json,
  type JsonObject,
} from "../../../src/core/json.js";
import type { Answer } from "../../../src/graph/answer.js";
import { readRequest } from "../meta/wire.js";
import { json } from "../network/answers.js";
import { withClient, type PlantedBug } from "./planted-bug.js";

export const forgetsARecord: PlantedBug = {
  name: "a further attempt forgets the last record",
  seeds: 40,
  plant: () => {
    const last = new Map<string, string>();
    return (session) =>
      withClient(session, {
        send: (request) => {
          const body = Buffer.from(request.body).toString();
          const again = last.get(request.path) === body;
          last.set(request.path, body);
          return session.client.send(
            again ? { ...request, body: Buffer.from(shorter(body)) } : request,
          );
        },
      });
  },
};

export const believesAny2xx: PlantedBug = {
  name: "a 2xx that cannot be read counts as a success",
  seeds: 40,
  plant: () => (session) =>
    withClient(session, {
      send: async (request) => {
        const answer = await session.client.send(request);
        if (answer.kind !== "unreadable" || answer.status !== 200) return answer;
        const count = readRequest(request).items.length;
        return json({ events_received: count, num_received: count, num_invalid_entries: 0 });
      },
    }),
};

export const readsNoWaits: PlantedBug = {
  name: "the wait that Meta states is not read",
  seeds: 40,
  plant: () => (session) =>
    withClient(session, { send: async (request) => unstated(await session.client.send(request)) }),
};

export const looksForNothing: PlantedBug = {
  name: "an audience is created without looking whether it is there",
  surface: "custom_audiences",
  seeds: 40,
  plant: () => (session) =>
    withClient(session, { listAudiences: () => Promise.resolve(json({ data: [] })) }),
};

export const sleepsNever: PlantedBug = {
  name: "waits are not waited for",
  seeds: 40,
  plant: () => (session) => ({ ...session, sleep: () => Promise.resolve() }),
};

function unstated(answer: Answer): Answer {
  if (!("usage" in answer)) return answer;
  return { ...answer, usage: { ...answer.usage, regainMs: 0, worstPercent: 0 } };
}

/** A body without its last item. */
function shorter(body: string): string {
  const parsed = parseJson(body);
  const root = parsed.ok && isJsonObject(parsed.value) ? parsed.value : {};
  const { payload } = root;
  return JSON.stringify(
    isJsonObject(payload ?? null) ? { ...root, payload: without(payload) } : without(root),
  );
}

function without(holder: Json | undefined): JsonObject {
  if (!isJsonObject(holder)) return {};
  const { data } = holder;
  return { ...holder, data: isJsonArray(data) ? data.slice(0, -1) : [] };
}
