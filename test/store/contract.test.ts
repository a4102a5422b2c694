import { sharedStoreContract, storeContract } from "./contract.js";
import { duckdbWorld, memoryWorld, reopenedWorld } from "./world.js";

sharedStoreContract("the memory store", memoryWorld);
storeContract("the DuckDB store", duckdbWorld);
storeContract("the DuckDB store, opened anew before each call", reopenedWorld, {
  reopens: true,
});
