import { memoryStore } from "../../src/store/memory/memory-store.js";
import { storeContract } from "./contract.js";
import { duckdbWorld, reopenedWorld } from "./world.js";

storeContract("the memory store", () =>
  Promise.resolve({ store: memoryStore(), end: () => Promise.resolve() }),
);
storeContract("the DuckDB store", duckdbWorld);
storeContract("the DuckDB store, opened anew before each call", reopenedWorld, "is opened anew");
