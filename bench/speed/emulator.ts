/** An emulator in a process of its own, so that only the sender's time counts: prints its address. */
import { startEmulator } from "../../src/emulator/index.js";
import { SENT_AT } from "./records.js";

const { url } = await startEmulator({ clock: () => SENT_AT });
process.stdout.write(url);
