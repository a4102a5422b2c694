/**
 * Makes a store in which so many people are held, as a first run would have left them: sorted by their
 * row ids, and acknowledged. A process of its own, since filling a table takes memory:
 * `tsx bench/held-store.ts FILE COUNT`.
 */
import { openDuckdbStore } from "../src/store/duckdb/open-store.js";
import { AUDIENCE_ID, openBenchStore, SYNC } from "./bench-store.js";
import { HELD_ROWS, TARGET } from "./people.js";

const INSERT_AUDIENCE = `
  INSERT INTO audiences (audience_no, audience_id, target, owner)
  VALUES (1, $audienceId, $target, $sync)`;

const [file = "", count = "0"] = process.argv.slice(2);
const made = await openDuckdbStore({ file, origin: "graph", createSalt: () => "salt" });
if (!made.ok) throw new Error(made.error.message);
await made.value.close();

const { store, database } = await openBenchStore(file);
await database.apart(async (run) => {
  await run("SET GLOBAL memory_limit = '2GB'");
  await run("SET GLOBAL threads = 2");
});
await database.transaction("hold", async (transaction) => {
  await transaction.run(INSERT_AUDIENCE, {
    ...{ audienceId: AUDIENCE_ID, target: TARGET, sync: SYNC },
  });
  await transaction.run(`INSERT INTO members ${HELD_ROWS}`, { count: Number(count) });
});
await store.close();
