/** Writes the sample data and the oracle's results again: `npx tsx examples/generate.ts`. */
import { fileURLToPath } from "node:url";
import { writeSample } from "./generator/write-sample.js";
import { writeExpected } from "./oracle/write-expected.js";

const data = fileURLToPath(new URL("data", import.meta.url));
await writeSample(data);
await writeExpected(data, fileURLToPath(new URL("oracle/expected.json", import.meta.url)));
