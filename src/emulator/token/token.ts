import { createHmac } from "node:crypto";
import type { SeedToken } from "../options.js";
import { GRANTED } from "./granted.js";

/** An access token, as Meta would know it. */
export interface Token {
  readonly type: string;
  readonly permissions: readonly string[];
  /** Unix seconds; 0 when it does not end. */
  readonly expiresAt: number;
  /** The `appsecret_proof` that has to come with it; `undefined` where the app demands none. */
  readonly proof: string | undefined;
}

/** What every token is when an emulator was told of none. */
export const ANY_TOKEN: Token = {
  type: "SYSTEM_USER",
  permissions: GRANTED,
  expiresAt: 0,
  proof: undefined,
};

/** The token that was given to the emulator. */
export function seededToken(seed: SeedToken): Token {
  return {
    type: seed.type ?? ANY_TOKEN.type,
    permissions: seed.permissions ?? ANY_TOKEN.permissions,
    expiresAt: seed.expiresAt ?? ANY_TOKEN.expiresAt,
    proof: seed.appSecret === undefined ? undefined : proofOf(seed.token, seed.appSecret),
  };
}

/** True once a token has ended. @param now Unix seconds */
export function hasExpired({ expiresAt }: Token, now: number): boolean {
  return expiresAt !== 0 && expiresAt <= now;
}

/** @see https://developers.facebook.com/docs/graph-api/guides/secure-requests */
function proofOf(token: string, appSecret: string): string {
  return createHmac("sha256", appSecret).update(token).digest("hex");
}
