/**
 * Plans a CSV file of customers in a process of its own, and prints the most memory that it had at once,
 * in megabytes, and the milliseconds of processors: `node file-to-bytes.js FILE`.
 */
import path from "node:path";
import { peakMegabytes } from "../stopwatch.js";
import { customersSync } from "./files.js";
import { planFile, setUp } from "./ours.js";
import { processorTime } from "./spread.js";

const [file = ""] = process.argv.slice(2);
const setup = await setUp("custom_audiences");
const ms = await processorTime(() => planFile(setup, customersSync(file), path.dirname(file)));
process.stdout.write(`${String(peakMegabytes())} ${String(ms)}`);
