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

/**
 * A piece of JSON: from `start` to before `end` of its sheet, in bytes. Where it stands may change, by
 * {@link gather}; what it says does not.
 */
export interface Written {
  sheet: Sheet;
  start: number;
  end: number;
}

/**
 * Gives pieces that are kept a sheet of their own, where most of what stands on theirs is of others, which
 * would be kept with it.
 */
export function gather(pieces: readonly Written[]): void {
  const sheets = new Set(pieces.map(({ sheet }) => sheet));
  let kept = 0;
  for (const { bytes } of sheets) kept += bytes.length;
  const own = pieces.reduce((sum, piece) => sum + lengthOf(piece) + 1, 0);
  if (own * 2 >= kept) return;
  const bytes = joined("", "", pieces).toString("latin1");
  const sheet = new Sheet(() => bytes);
  let at = 0;
  for (const piece of pieces) {
    const length = lengthOf(piece);
    piece.sheet = sheet;
    piece.start = at;
    piece.end = at + length;
    at += length + 1;
  }
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
  const parts = [bytesOf(before), ...stretches(pieces), bytesOf(behind)];
  const joint = Buffer.allocUnsafeSlow(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) at += joint.write(part, at, "latin1");
  return joint;
}

/** The bytes of the pieces, with commas between them, in as few parts as they stand on their sheets. */
function stretches(pieces: readonly Written[]): readonly string[] {
  const parts: string[] = [];
  let index = 0;
  for (let piece = pieces[0]; piece !== undefined; piece = pieces[index]) {
    const { sheet, start } = piece;
    let { end } = piece;
    if (index > 0) parts.push(",");
    index += 1;
    for (
      let next = pieces[index];
      next?.sheet === sheet && next.start === end + 1;
      next = pieces[index]
    ) {
      ({ end } = next);
      index += 1;
    }
    parts.push(sheet.bytes.slice(start, end));
  }
  return parts;
}

const ASCII = /^[\0-\x7f]*$/;

function bytesOf(text: string): string {
  return ASCII.test(text) ? text : Buffer.from(text, "utf8").toString("latin1");
}
