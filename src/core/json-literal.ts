/** JSON that is the same in every row, four bytes at a time: names would take as long as values otherwise. */
export interface Literal {
  readonly words: Uint32Array;
  /** Of its bytes; those of the last word beyond it are written over. */
  readonly length: number;
}

/** Bytes of a word. */
export const WORD = 4;

/** Makes a literal of JSON. */
export function literalOf(json: string): Literal {
  const bytes = new TextEncoder().encode(json);
  const padded = new Uint8Array(Math.ceil(bytes.length / WORD) * WORD);
  padded.set(bytes);
  const view = new DataView(padded.buffer);
  const words = Uint32Array.from({ length: padded.length / WORD }, (_, index) =>
    view.getUint32(index * WORD, true),
  );
  return { words, length: bytes.length };
}
