/** Computes `expected.json` again from the committed CSV files: `npx tsx examples/oracle/run.ts`. */
import { fileURLToPath } from "node:url";
import { writeExpected } from "./write-expected.js";

await writeExpected(
  fileURLToPath(new URL("../data", import.meta.url)),
  fileURLToPath(new URL("expected.json", import.meta.url)),
);
