import { afterAll, beforeAll, it } from "vitest";
import { expectLikeMemory } from "./like-memory.js";
import { ABOUT } from "./twins.js";
import { PostgresWorlds } from "./postgres-world.js";

let worlds: PostgresWorlds;

beforeAll(async () => {
  worlds = await PostgresWorlds.start();
});

afterAll(() => worlds.stop());

it.each(ABOUT)(
  "answers about %s on a server what it answers in memory, whatever the history",
  async (about) => {
    await expectLikeMemory(() => {
      const schema = worlds.newSchema();
      return () => worlds.opened(schema);
    }, about);
  },
  120_000,
);
