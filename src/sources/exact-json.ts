/** JSON whose numbers keep every digit. */
import { parseJson, type Json, type JsonFault } from "../core/json.js";
import type { Result } from "../core/result.js";

/** Only a number of 16 digits or more, or one with an exponent, can lose any. */
const SUSPECT = /[\d.]{16}|\d[eE][+-]?\d/;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const ZERO = 0x30;
const NINE = 0x39;

/**
 * Parses JSON text. A number that JavaScript would round becomes text, digit for digit, at any
 * depth: `12345678901234567890` is read as `"12345678901234567890"`.
 */
export function exactJson(text: string): Result<Json, JsonFault> {
  return parseJson(SUSPECT.test(text) ? withQuotedNumbers(text) : text);
}

/** Character by character: an expression that repeats runs out of stack on texts of many megabytes. */
function withQuotedNumbers(text: string): string {
  const parts: string[] = [];
  let taken = 0;
  for (let at = 0; at < text.length;) {
    const end = text.charCodeAt(at) === QUOTE ? stringEnd(text, at) : numberEnd(text, at);
    const token = text.slice(at, end);
    if (end > at && !token.startsWith('"') && !isExact(token)) {
      parts.push(text.slice(taken, at), `"${token}"`);
      taken = end;
    }
    at = Math.max(end, at + 1);
  }
  return [...parts, text.slice(taken)].join("");
}

/** Where a string that begins here is over. */
function stringEnd(text: string, start: number): number {
  for (let from = start + 1; ;) {
    const quote = text.indexOf('"', from);
    if (quote < 0) return text.length;
    let escapes = quote;
    while (text.charCodeAt(escapes - 1) === BACKSLASH) escapes -= 1;
    if ((quote - escapes) % 2 === 0) return quote + 1;
    from = quote + 1;
  }
}

/** Where a number that begins here is over; where none does, that is here. */
function numberEnd(text: string, start: number): number {
  const whole = text[start] === "-" ? start + 1 : start;
  const point = digitsEnd(text, whole);
  if (point === whole) return start;
  const fraction = text[point] === "." ? digitsEnd(text, point + 1) : point;
  const power = fraction > point + 1 ? fraction : point;
  if (text[power] !== "e" && text[power] !== "E") return power;
  const sign = text[power + 1] === "+" || text[power + 1] === "-" ? 2 : 1;
  const end = digitsEnd(text, power + sign);
  return end > power + sign ? end : power;
}

function digitsEnd(text: string, start: number): number {
  let end = start;
  for (let code = text.charCodeAt(end); code >= ZERO && code <= NINE; code = text.charCodeAt(end))
    end += 1;
  return end;
}

/** What is longer is no number that JavaScript would give back as it was written, but for zeros at its ends. */
const LONGEST = 1_000;

function isExact(token: string): boolean {
  if (token.length > LONGEST) return false;
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
