// Preloaded into a command under test: writes its peak resident memory, in bytes, when it exits.
import { writeFileSync } from "node:fs";

const file = process.env.PEAK_MEMORY_FILE;
// The kernel counts in KiB.
process.on("exit", () => writeFileSync(file, String(process.resourceUsage().maxRSS * 1024)));
