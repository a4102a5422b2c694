/**
 * JSON that is written already, as the bytes in which it is sent. Pieces of it are moved, not copied: what
 * is put together has them from there on, so that where they stood can be used again.
 */

/** Bytes in which the JSON of some rows stands. */
export class Sheet {
  /** How many pieces stand here; where there are none, nobody asks for the bytes any more. */
  pieces = 0;

  private constructor(
    private readonly written: () => Buffer,
    private own: Buffer | undefined,
  ) {}

  /** One of its own. */
  static of(bytes: Buffer): Sheet {
    return new Sheet(() => bytes, bytes);
  }

  /** One that stands where others will be written, too, once it is kept or without pieces. */
  static on(written: () => Buffer): Sheet {
    return new Sheet(written, undefined);
  }

  /** To be read at once. */
  get bytes(): Buffer {
    return this.own ?? this.written();
  }

  /** Whether it has its bytes for itself. */
  get isKept(): boolean {
    return this.own !== undefined;
  }

  /** Copies the bytes from where others will be written. */
  keep(): void {
    this.own ??= Buffer.from(this.written());
  }
}

/**
 * A piece of JSON: from `start` to before `end` of its sheet, in bytes. Where it stands may change, by
 * {@link joined}; what it says does not. No other piece is the same: a sheet counts them.
 */
export interface Written {
  sheet: Sheet;
  start: number;
  end: number;
}

/**
 * Moves pieces that are held to a sheet of their own, where most of what stands on theirs is of others,
 * which would be held with it.
 */
export function gather(pieces: readonly Written[]): void {
  const sheets = new Set(pieces.map(({ sheet }) => sheet));
  let held = 0;
  for (const { bytes } of sheets) held += bytes.length;
  const own = pieces.reduce((sum, piece) => sum + lengthOf(piece) + 1, 0);
  if (own * 2 < held) joined("", "", pieces);
}

/** The bytes of a text of JSON. */
export function writtenText(text: string): Written {
  const bytes = Buffer.from(text, "utf8");
  const sheet = Sheet.of(bytes);
  sheet.pieces = 1;
  return { sheet, start: 0, end: bytes.length };
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
 * Puts the pieces of a list together, with what stands before and behind them: this is where they stand
 * from there on. Pieces that stand side by side on a sheet, with a comma between them, are taken at once.
 */
export function joined(before: string, behind: string, pieces: readonly Written[]): Buffer {
  const first = Buffer.from(before, "utf8");
  const parts = [first, ...stretches(pieces), Buffer.from(behind, "utf8")];
  const joint = Buffer.allocUnsafeSlow(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joint.set(part, at);
    at += part.length;
  }
  move(pieces, Sheet.of(joint), first.length);
  return joint;
}

/** Says of pieces that they stand on another sheet, one behind the other with commas between them. */
function move(pieces: readonly Written[], sheet: Sheet, start: number): void {
  let at = start;
  for (const piece of pieces) {
    const length = lengthOf(piece);
    piece.sheet.pieces -= 1;
    sheet.pieces += 1;
    piece.sheet = sheet;
    piece.start = at;
    at += length;
    piece.end = at;
    at += 1;
  }
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
