/** The sessions of a schedule: that of a process, and that of a plan. */
import { createRedactor } from "../../src/core/redact.js";
import type { Session } from "../../src/sync/session.js";
import type { Planting } from "./bugs/planted-bug.js";
import type { Life } from "./life.js";
import { simulatedClient } from "./network/client.js";
import { readingClient } from "./network/reading-client.js";
import { announcingStore, observedStore } from "./observed-store.js";
import { livingClient, livingSleep, livingStore } from "./ports.js";
import { readingStore } from "./reading-store.js";
import { TOKEN } from "./records/secrets.js";
import { ACCOUNT, TIMEOUT_MS } from "./setting.js";
import type { Stage } from "./stage.js";

const redact = createRedactor(() => [TOKEN]);

/** The session of a process. */
export function sessionOf(stage: Stage, life: Life, planting: Planting | undefined): Session {
  const { time, tables, emit, network, log, stores } = stage;
  const store = observedStore(stores.open(), stage);
  const client = simulatedClient(network, log, ACCOUNT, () => !life.isOver());
  const session = {
    ...baseSession(stage),
    client: livingClient(client, life),
    store: announcingStore(livingStore(store, life), tables, ACCOUNT, (moment) => {
      if (!life.isOver()) emit(moment);
    }),
    sleep: livingSleep(time, life),
  };
  return planting === undefined ? session : planting(session);
}

/** The session of a plan, which may only read, and waits for nothing. */
export function planningSession(stage: Stage): Session {
  const store = readingStore(stage.stores.open());
  return { ...baseSession(stage), client: readingClient(stage.meta, stage.time.clock), store };
}

function baseSession(stage: Stage): Omit<Session, "client" | "store"> {
  return {
    binding: { ...stage.binding, onFailure: stage.onFailure },
    redact,
    clock: stage.time.clock,
    sleep: () => Promise.reject(new Error("a plan waits for nothing")),
    random: stage.chance.next,
    retry: stage.schedule.retry,
    timeoutMs: TIMEOUT_MS,
    holder: "simulation",
  };
}
