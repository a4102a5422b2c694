import { DEDUP_WITHOUT_ID } from "../generated/constants.js";
import { inMapping, type Check } from "./check.js";
import { canWrite, fieldAt, knownValues } from "./possible.js";

/** Without an id Meta drops no second copy: neither the pixel's nor one that was sent again. */
export const eventIdAbsent: Check = {
  code: "check.event_id_absent",
  severity: "warning",
  run(mapping, context) {
    if (mapping.surface !== "events" || canWrite(mapping.event, ["event_id"], context)) return [];
    const sources = knownValues(fieldAt(mapping.event, ["action_source"])?.form, context);
    if (sources.length > 0 && sources.every((source) => WITHOUT_ID.has(source))) return [];
    return [
      {
        message: "events go out without an `event_id`, so that Meta counts every copy of them",
        remedy:
          "Write `event_id:` with what names the event for good, such as `payload.order_id`, and give the pixel the same.",
        place: inMapping(mapping, fieldAt(mapping.event, ["event_id"])?.form.span),
      },
    ];
  },
};

const WITHOUT_ID: ReadonlySet<unknown> = new Set(DEDUP_WITHOUT_ID);
