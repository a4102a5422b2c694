import { afterAll, beforeAll } from "vitest";
import { sharedStoreContract } from "./contract.js";
import { PostgresWorlds } from "./postgres-world.js";

let worlds: PostgresWorlds;

beforeAll(async () => {
  worlds = await PostgresWorlds.start();
});

afterAll(() => worlds.stop());

sharedStoreContract("the PostgreSQL store", () => worlds.world());
