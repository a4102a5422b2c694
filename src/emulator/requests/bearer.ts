const BEARER = /^Bearer\s+(\S+)\s*$/i;

/** True when the request carries any token: the emulator knows no real ones and keeps none. */
export function hasToken(headers: Headers): boolean {
  return BEARER.test(headers.get("authorization") ?? "");
}
