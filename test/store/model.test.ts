import { rm } from "node:fs/promises";
import path from "node:path";
import { it } from "vitest";
import { expectLikeMemory } from "./like-memory.js";
import { opened, temporaryFolder } from "./world.js";

it("answers on a file what it answers in memory, whatever the history", async () => {
  const folder = await temporaryFolder();
  try {
    await expectLikeMemory((history) => {
      const file = path.join(folder, `${String(history)}.duckdb`);
      return () => opened(file);
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}, 120_000);
