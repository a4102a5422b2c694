/** Runs the modules that it is given, here, one after the other, and writes down what was wrong with each. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { inspect, isDeepStrictEqual } from "node:util";

let problems = [];

globalThis.compared = (logged, stated) => {
  if (!isDeepStrictEqual(logged, stated))
    problems.push(`states ${inspect(stated)} and logs ${inspect(logged)}`);
  return logged;
};

const results = [];
for (const name of process.argv.slice(2)) {
  problems = [];
  try {
    await import(pathToFileURL(path.resolve(`${name}.js`)).href);
  } catch (error) {
    problems.push(inspect(error));
  }
  results.push(problems);
  process.stdout.write("\u001e");
}
writeFileSync("results.json", JSON.stringify(results));
process.exit();
