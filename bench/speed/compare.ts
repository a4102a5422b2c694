/** Measures one comparison in a process of its own: `node compare.js NAME ROWS ROUNDS FOLDER`. */
import { measureComparison } from "./ratios.js";

const [name = "", rows, rounds, folder = ""] = process.argv.slice(2);
const extent = { rows: Number(rows), rounds: Number(rounds) };
process.stdout.write(JSON.stringify(await measureComparison(name, extent, folder)));
