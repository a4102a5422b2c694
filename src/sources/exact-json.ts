/** JSON whose numbers keep every digit. */
import { parseJson, type Json, type JsonFault } from "../core/json.js";
import type { Result } from "../core/result.js";

/** Only a number of 16 digits or more, or one with an exponent, can lose any. */
const SUSPECT = /[\d.]{16}|\d[eE][+-]?\d/;

/** The edges of strings, what is escaped in them, and numbers; a whole string would be too long. */
const QUOTE_ESCAPE_OR_NUMBER = /"|\\.|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gs;

/**
 * Parses JSON text. A number that JavaScript would round becomes text, digit for digit, at any
 * depth: `12345678901234567890` is read as `"12345678901234567890"`.
 */
export function exactJson(text: string): Result<Json, JsonFault> {
  if (!SUSPECT.test(text)) return parseJson(text);
  let inString = false;
  const exact = text.replace(QUOTE_ESCAPE_OR_NUMBER, (token) => {
    if (token === '"') inString = !inString;
    return inString || /^["\\]/.test(token) || isExact(token) ? token : `"${token}"`;
  });
  return parseJson(exact);
}

function isExact(token: string): boolean {
  const number = Number(token);
  if (!Number.isFinite(number)) return false;
  if (Number.isInteger(number) && !Number.isSafeInteger(number)) return false;
  return decimalForm(token) === decimalForm(String(number));
}

/** One form for equal decimals: digits without outer zeros, and the power of ten of the last. */
function decimalForm(text: string): string {
  const [mantissa = "", exponent = "0"] = text.toLowerCase().split("e");
  const [whole = "", fraction = ""] = mantissa.replace("-", "").split(".");
  const digits = `${whole}${fraction}`;
  const trimmed = digits.replace(/0+$/, "");
  const power = Number(exponent) - fraction.length + (digits.length - trimmed.length);
  const significant = trimmed.replace(/^0+/, "");
  return significant === "" ? "0" : `${significant}e${String(power)}`;
}
