import { afterAll, beforeAll, it } from "vitest";
import { expectLikeMemory } from "./like-memory.js";
import { PostgresWorlds } from "./postgres-world.js";

let worlds: PostgresWorlds;

beforeAll(async () => {
  worlds = await PostgresWorlds.start();
}, 60_000);

afterAll(() => worlds.stop());

it("answers on a server what it answers in memory, whatever the history", async () => {
  await expectLikeMemory(() => {
    const schema = worlds.newSchema();
    return () => worlds.opened(schema);
  });
}, 120_000);
