import { createHash } from "node:crypto";
import { expect } from "vitest";
import type { EmulatorOptions } from "../../src/emulator/options.js";
import { createEmulator, type Emulator } from "../../src/emulator/emulator.js";
import { API_VERSION, ORIGIN } from "../../src/generated/constants.js";
import { undocumented } from "./agreement.js";

/** 2026-05-04T12:00:00Z. */
export const NOW = 1_777_896_000;

export const DAY = 86_400;

/** An emulator whose clock stands at `NOW` until it is moved, in seconds. */
export function emulatorAt(options: Partial<EmulatorOptions> = {}): {
  readonly emulator: Emulator;
  readonly moveClock: (seconds: number) => void;
} {
  let now = NOW;
  const emulator = createEmulator({
    clock: () => now * 1000,
    matching: "cell",
    instanceId: "one",
    ...options,
  });
  return {
    emulator,
    moveClock: (seconds) => {
      now += seconds;
    },
  };
}

export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

/**
 * Sends a request below the version with the made-up token, and reads the JSON answer, which has to
 * be one that the spec documents.
 */
export async function ask(
  emulator: Pick<Emulator, "handle">,
  method: string,
  path: string,
  body?: unknown,
): Promise<Reply> {
  const request = new Request(`${ORIGIN}/${API_VERSION}${path}`, {
    method,
    headers: { authorization: "Bearer emulator", "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const response = await emulator.handle(request);
  expect(await undocumented(request, response)).toEqual([]);
  return { status: response.status, body: await response.json() };
}

/** The digest of a synthetic identifier. */
export function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
