import { rm } from "node:fs/promises";
import path from "node:path";
import { it } from "vitest";
import { expectLikeMemory } from "./like-memory.js";
import { ABOUT } from "./twins.js";
import { opened, temporaryFolder } from "./world.js";

it.each(ABOUT)(
  "answers about %s on a file what it answers in memory, whatever the history",
  async (about) => {
    const folder = await temporaryFolder();
    try {
      await expectLikeMemory((history) => {
        const file = path.join(folder, `${String(history)}.duckdb`);
        return () => opened(file);
      }, about);
    } finally {
      await rm(folder, { recursive: true });
    }
  },
  120_000,
);
