import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import type { Json } from "./json.js";

/** SHA-256 of the UTF-8 bytes, as lower-case hex: the form in which Meta takes hashed identifiers. */
export function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

/** JSON in the one form that RFC 8785 fixes: equal values give equal text. */
export function canonicalJson(value: Json): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError("canonicalJson takes JSON values only");
  return text;
}
