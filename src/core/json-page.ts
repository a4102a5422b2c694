/** Memory that JSON is written into row by row, with room left for digests that are made many at a time. */
import type { DigestMemory } from "./digest-memory.js";
import { MARKS } from "./marks.js";
import { WORD, type Literal } from "./json-literal.js";
import { Sheet, type Written } from "./written.js";

const ENCODER = new TextEncoder();

const QUOTE = 0x22;
const COMMA = 0x2c;
const POINT = 0x2e;
const ZERO = 0x30;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** Below this one nearly all numbers are amounts and counts, which are written digit by digit. */
const SMALL = 10_000_000;

/** In the answer of {@link JsonPage.text}: the text may have one of {@link MARKS}. */
export const MARKED = 2;
/** JSON writes a character of it in another way. */
const ESCAPED = 1;
/** From here on a character is none of ASCII. */
const WIDE = 0x80;

/** What there is to know of each character of ASCII. */
const TRAITS = Uint8Array.from({ length: WIDE }, (_, code) => {
  const character = String.fromCharCode(code);
  if (code < 0x20 || character === '"' || character === "\\") return ESCAPED;
  return MARKS.includes(character) ? MARKED : 0;
});

const DIGEST_LENGTH = 64;
/** Where a text begins, its bytes, and where its digest goes. */
const JOB_LENGTH = 3;

/** How much of the memory is for what is written; the rest is for texts that are to be hashed. */
const RESULTS = 3 / 4;
/** How much of either a sheet may fill, so that there is room for one more row. */
const FULL = 1 / 2;

/**
 * Writes rows of JSON, one behind the other with commas between them. Whoever writes a row may find
 * that it is not ordinary, and says so: `endRow` takes back what was written of it.
 */
export class JsonPage {
  /** Where the next byte goes; whoever sets it back takes back what was written since. */
  at = 0;
  /** False once the row at hand is for others to deal with. */
  isOrdinary = true;

  /** What is written; what goes beyond its end goes nowhere. */
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  /** Texts that are to be hashed. */
  private readonly texts: Uint8Array;
  private readonly buffer: Buffer;
  private sheet: Sheet | undefined;
  /** Where the next text that is to be hashed goes. */
  private textAt = 0;
  private jobCount = 0;
  /** While a row is written. */
  private isOpen = false;
  private rowAt = 0;
  private rowTextAt = 0;
  private rowJob = 0;

  constructor(private readonly memory: DigestMemory) {
    const end = Math.trunc(memory.bytes.length * RESULTS);
    this.bytes = memory.bytes.subarray(0, end);
    const { buffer, byteOffset } = this.bytes;
    this.view = new DataView(buffer, byteOffset, end);
    this.buffer = Buffer.from(buffer, byteOffset, end);
    this.texts = memory.bytes.subarray(end);
  }

  /** Begins a row; of one that an error kept from its end nothing is left. */
  startRow(): void {
    this.takeBack();
    if (this.sheet?.pieces === 0 || this.at > this.bytes.length * FULL) this.turn();
    if (this.hasManyTexts()) this.digestTexts();
    this.rowAt = this.at;
    this.rowTextAt = this.textAt;
    this.rowJob = this.jobCount;
    this.isOrdinary = true;
    this.isOpen = true;
  }

  /** Ends the row and gives where it stands; `undefined` of one that is not ordinary. */
  endRow(): Written | undefined {
    if (!this.isOrdinary || !this.hasHeldAll()) {
      this.takeBack();
      return undefined;
    }
    this.isOpen = false;
    this.sheet ??= this.newSheet();
    this.sheet.pieces += 1;
    const written = { sheet: this.sheet, start: this.rowAt, end: this.at };
    this.byte(COMMA);
    return written;
  }

  private takeBack(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.at = this.rowAt;
    this.textAt = this.rowTextAt;
    this.jobCount = this.rowJob;
  }

  private newSheet(): Sheet {
    return Sheet.on(() => this.written());
  }

  /** Says that the row is for others to deal with. */
  giveUp(): false {
    this.isOrdinary = false;
    return false;
  }

  byte(byte: number): void {
    this.bytes[this.at] = byte;
    this.at += 1;
  }

  /** Makes an object of the fields that were written from a place on, each with a comma in front. */
  closeObject(start: number): void {
    this.close(start, OPEN_OBJECT, CLOSE_OBJECT);
  }

  /** Makes a list of the items that were written from a place on, each with a comma in front. */
  closeList(start: number): void {
    this.close(start, OPEN_LIST, CLOSE_LIST);
  }

  /** JSON that is the same in every row. */
  literal({ words, length }: Literal): void {
    const { view, at } = this;
    if (at + length + WORD > view.byteLength) {
      this.giveUp();
      return;
    }
    for (let index = 0; index < words.length; index += 1)
      view.setUint32(at + index * WORD, words[index] ?? 0, true);
    this.at = at + length;
  }

  /** A text; gives {@link MARKED} or 0. */
  text(text: string): number {
    const { bytes } = this;
    const { length } = text;
    const from = this.at + 1;
    let traits = 0;
    let codes = 0;
    for (let index = 0; index < length; index += 1) {
      const code = text.charCodeAt(index);
      codes |= code;
      traits |= TRAITS[code & (WIDE - 1)] ?? 0;
      bytes[from + index] = code;
    }
    if (codes >= WIDE || (traits & ESCAPED) !== 0) return this.spelledOut(text);
    bytes[this.at] = QUOTE;
    bytes[from + length] = QUOTE;
    this.at = from + length + 1;
    return traits;
  }

  /** A number, as JSON has it. */
  number(value: number): void {
    const hundredths = Math.round(value * 100);
    // A number of so few digits has one decimal form alone, and it is this one.
    if (!(value >= 0 && value < SMALL && hundredths / 100 === value)) this.ascii(String(value));
    else this.decimal(hundredths);
  }

  /** The SHA-256 of a text as hex digits. */
  digest(text: string): void {
    const { memory, jobCount, at, bytes } = this;
    const job = jobCount * JOB_LENGTH;
    memory.jobs[job] = bytes.length + this.textAt;
    memory.jobs[job + 1] = this.setDown(text);
    memory.jobs[job + 2] = at + 1;
    this.jobCount = jobCount + 1;
    bytes[at] = QUOTE;
    bytes[at + 1 + DIGEST_LENGTH] = QUOTE;
    this.at = at + DIGEST_LENGTH + 2;
  }

  /** The first comma gives way to what opens it. */
  private close(start: number, open: number, end: number): void {
    this.bytes[start] = open;
    if (this.at === start) this.at += 1;
    this.byte(end);
  }

  /** Sets a text down for hashing; gives its bytes. */
  private setDown(text: string): number {
    const { texts, textAt } = this;
    const { length } = text;
    let codes = 0;
    for (let index = 0; index < length; index += 1) {
      const code = text.charCodeAt(index);
      codes |= code;
      texts[textAt + index] = code;
    }
    const size = codes < WIDE ? length : this.encoded(text, texts, textAt);
    this.textAt = textAt + size;
    return size;
  }

  /** A text of which not every character is its own byte. */
  private spelledOut(text: string): number {
    this.at += this.encoded(JSON.stringify(text), this.bytes, this.at);
    return MARKED;
  }

  private ascii(text: string): void {
    for (let index = 0; index < text.length; index += 1) this.byte(text.charCodeAt(index));
  }

  /** A number of hundredths, without zeros at its end. */
  private decimal(hundredths: number): void {
    const whole = Math.trunc(hundredths / 100);
    const rest = hundredths - whole * 100;
    this.whole(whole);
    if (rest === 0) return;
    this.byte(POINT);
    this.byte(ZERO + Math.trunc(rest / 10));
    if (rest % 10 !== 0) this.byte(ZERO + (rest % 10));
  }

  /** A whole number, from its last digit on. */
  private whole(value: number): void {
    let size = 1;
    for (let limit = 10; value >= limit; limit *= 10) size += 1;
    let rest = value;
    for (let at = this.at + size - 1; at >= this.at; at -= 1) {
      const tenth = (rest / 10) | 0;
      this.bytes[at] = ZERO + rest - tenth * 10;
      rest = tenth;
    }
    this.at += size;
  }

  private encoded(text: string, into: Uint8Array, at: number): number {
    const { read, written } = ENCODER.encodeInto(text, into.subarray(at));
    if (read < text.length) this.giveUp();
    return written;
  }

  private hasManyTexts(): boolean {
    return (
      this.textAt > this.texts.length * FULL ||
      this.jobCount * JOB_LENGTH > this.memory.jobs.length * FULL
    );
  }

  /** What is written beyond the end of an array goes nowhere, so that it is enough to ask at the end. */
  private hasHeldAll(): boolean {
    return (
      this.at < this.bytes.length &&
      this.textAt <= this.texts.length &&
      this.jobCount * JOB_LENGTH <= this.memory.jobs.length
    );
  }

  /** What stands on the sheet, until others are written in its place. */
  private written(): Buffer {
    this.takeBack();
    this.digestTexts();
    return this.buffer.subarray(0, this.at);
  }

  private digestTexts(): void {
    this.memory.digest(this.jobCount);
    this.textAt = 0;
    this.jobCount = 0;
  }

  /** Begins a new sheet in the place of this one, of which nothing is lost. */
  private turn(): void {
    if (this.sheet !== undefined && this.sheet.pieces > 0) this.sheet.keep();
    this.sheet = undefined;
    this.at = 0;
    this.digestTexts();
  }
}
