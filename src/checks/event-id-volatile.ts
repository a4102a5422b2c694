import type { Path } from "../mapping/shape.js";
import { inMapping, type Check, type CheckContext } from "./check.js";
import { lastName, pathsOf } from "./leaves.js";
import { fieldAt } from "./possible.js";

/** An id that differs from run to run names a new event each time. */
export const eventIdVolatile: Check = {
  code: "check.event_id_volatile",
  severity: "warning",
  run(mapping, context) {
    if (mapping.surface !== "events") return [];
    const form = fieldAt(mapping.event, ["event_id"])?.form;
    if (form?.kind !== "value") return [];
    const names = new Set(pathsOf(form).flatMap((path) => namesBehind(path, context)));
    return [...names]
      .filter((name) => VOLATILE.test(plain(name)))
      .map((name) => ({
        message: `\`event_id\` is read from \`${name}\`, which by its name changes when the event is loaded or read again`,
        remedy:
          "Read what names the event for good, such as an order's number: an event that is sent again would be counted again.",
        place: inMapping(mapping, form.span),
      }));
  },
};

/** The columns that a sync reads into the key, else the name in the path. */
function namesBehind(path: Path, { facts }: CheckContext): readonly string[] {
  if (facts.key === undefined) return [lastName(path)];
  if (path.root === "identity") return [...facts.key.values()].flat();
  const columns = path.root === "key" ? facts.key.get(path.parts[0] ?? "") : undefined;
  return columns ?? [lastName(path)];
}

function plain(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replace(/[-$]/g, "_");
}

/** Words of loading, changing and chance; how warehouses and loaders name such columns. */
const VOLATILE =
  /(^|_)((updated|modified|changed|loaded|synced|extracted|ingested|inserted|emitted|exported|fetched|processed)(_?(at|on|time|ts|timestamp))?|last_(update|change|sync)|run_id|batch_id|job_id|load_id|row_?num(ber)?|row_?index|rn|random|rand|now|current_timestamp|airbyte_(raw_|ab_)?id|dlt_id|dlt_load_id)(_|$)/;
