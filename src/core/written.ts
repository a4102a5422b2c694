/** JSON that is written already, as the bytes in which it is sent. */

/** Bytes in which the JSON of some rows stands; they are there as soon as somebody asks for them. */
export class Sheet {
  private made: Buffer | undefined;

  constructor(private readonly make: () => Buffer) {}

  get bytes(): Buffer {
    return this.finish();
  }

  /** Makes the bytes, if nobody asked for them before. */
  finish(): Buffer {
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
  const bytes = joined("", "", pieces);
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
  const bytes = Buffer.from(text, "utf8");
  return { sheet: new Sheet(() => bytes), start: 0, end: bytes.length };
}

/** The text that a piece stands for. */
export function textOf({ sheet, start, end }: Written): string {
  return sheet.bytes.toString("utf8", start, end);
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
  const parts = [Buffer.from(before, "utf8"), ...stretches(pieces), Buffer.from(behind, "utf8")];
  const joint = Buffer.allocUnsafeSlow(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joint.set(part, at);
    at += part.length;
  }
  return joint;
}

/** The bytes of the pieces, with commas between them, in as few parts as they stand on their sheets. */
function stretches(pieces: readonly Written[]): readonly Buffer[] {
  const parts: Buffer[] = [];
  let index = 0;
  for (let piece = pieces[0]; piece !== undefined; piece = pieces[index]) {
    const { sheet, start } = piece;
    let { end } = piece;
    if (index > 0) parts.push(COMMA);
    index += 1;
    for (
      let next = pieces[index];
      next?.sheet === sheet && next.start === end + 1;
      next = pieces[index]
    ) {
      ({ end } = next);
      index += 1;
    }
    parts.push(sheet.bytes.subarray(start, end));
  }
  return parts;
}

const COMMA = Buffer.from(",");
