/** Three people, of whom the first is to be erased. */
import { createHash } from "node:crypto";
import type { Person } from "../mirror/world.js";

export const ANN: Person = { id: "ann", email: "ann@example.test", phone: "+4930111" };
export const BOB: Person = { id: "bob", email: "bob@example.test", phone: "+4930222" };
export const CID: Person = { id: "cid", email: "cid@example.test", audience: "Lapsed" };

export const EVERYBODY = [ANN, BOB, CID];
export const ANN_ERASED = "email\nann@example.test\n";

export function sha(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** An address, as the emulator keeps it. */
export const email = (text: string) => `EMAIL=${sha(text)}`;
/** A telephone number, as the emulator keeps it. */
export const phone = (text: string) => `PHONE=${sha(text)}`;
