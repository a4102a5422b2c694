/**
 * JSON that is written already, as the bytes in which it is sent. They are held as texts of which each
 * character stands for a byte: of these a piece costs nothing, and the engine is done with them as soon
 * as with other texts, while memory outside of its heap is only freed with all the rest.
 */

/** Bytes in which the JSON of some rows stands; they are there as soon as somebody asks for them. */
export class Sheet {
  private made: string | undefined;

  constructor(private readonly make: () => string) {}

  /** A character for each byte. */
  get bytes(): string {
    return this.finish();
  }

  /** Makes the bytes, if nobody asked for them before. */
  finish(): string {
    this.made ??= this.make();
    return this.made;
  }
}

/** A piece of JSON: from `start` to before `end` of its sheet, in bytes. */
export interface Written {
  readonly sheet: Sheet;
  readonly start: number;
  readonly end: number;
}

/** The bytes of a text of JSON. */
export function writtenText(text: string): Written {
  const bytes = bytesOf(text);
  return { sheet: new Sheet(() => bytes), start: 0, end: bytes.length };
}

/** The text that a piece stands for. */
export function textOf({ sheet, start, end }: Written): string {
  const bytes = sheet.bytes.slice(start, end);
  return ASCII.test(bytes) ? bytes : Buffer.from(bytes, "latin1").toString("utf8");
}

/** How many bytes a piece has. */
export function lengthOf({ start, end }: Written): number {
  return end - start;
}

/**
 * The pieces of a list, and what stands before and behind them. Pieces that stand side by side on a
 * sheet, with a comma between them, are taken at once.
 */
export function joined(before: string, behind: string, pieces: readonly Written[]): Buffer {
  let bytes = bytesOf(before);
  let index = 0;
  for (let piece = pieces[0]; piece !== undefined; piece = pieces[index]) {
    const { sheet, start } = piece;
    let { end } = piece;
    if (index > 0) bytes += ",";
    index += 1;
    for (
      let next = pieces[index];
      next?.sheet === sheet && next.start === end + 1;
      next = pieces[index]
    ) {
      ({ end } = next);
      index += 1;
    }
    bytes += sheet.bytes.slice(start, end);
  }
  return Buffer.from(bytes + bytesOf(behind), "latin1");
}

const ASCII = /^[\0-\x7f]*$/;

function bytesOf(text: string): string {
  return ASCII.test(text) ? text : Buffer.from(text, "utf8").toString("latin1");
}
