/** The ratio that `npm test` holds, printed alone: events in memory next to Meta's library. */
import { measureEvents } from "./ratios.js";

const { events_vs_sdk } = await measureEvents({ rows: 2_000, rounds: 5 });
process.stdout.write(String(events_vs_sdk?.median));
