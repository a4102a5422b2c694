/** The ratio that `npm test` holds, printed alone: events in memory next to Meta's library. */
import { measureComparison } from "./ratios.js";

const { events_vs_sdk } = await measureComparison("events", { rows: 10_000, rounds: 7 }, "");
process.stdout.write(String(events_vs_sdk?.median));
