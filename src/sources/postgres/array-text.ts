/** A list as Postgres writes it: its elements are text, null, or lists of the next dimension. */
export type ArrayText = readonly (string | null | ArrayText)[];

/**
 * Reads the text of an array, such as `{1,NULL,"a \"b\"",{c}}`; bounds before it say nothing about
 * its elements.
 *
 * @param delimiter what stands between elements: a comma for every type but `box`
 */
export function readArrayText(text: string, delimiter: string): ArrayText {
  const start = text.indexOf("{");
  return new ArrayReader(text, delimiter, start + 1).list();
}

class ArrayReader {
  constructor(
    private readonly text: string,
    private readonly delimiter: string,
    /** Stands behind the brace that opens the list. */
    private at: number,
  ) {}

  list(): ArrayText {
    const items: (string | null | ArrayText)[] = [];
    for (;;) {
      const sign = this.text[this.at];
      if (sign === undefined) throw new SyntaxError("the text of an array has no end");
      if (sign === "}") {
        this.at += 1;
        return items;
      }
      if (sign === this.delimiter) this.at += 1;
      else items.push(this.item(sign));
    }
  }

  private item(sign: string): string | null | ArrayText {
    if (sign !== "{") return sign === '"' ? this.quoted() : this.plain();
    this.at += 1;
    return this.list();
  }

  /** Whatever has a meaning in an array is quoted, so that this ends before it. */
  private plain(): string | null {
    const start = this.at;
    while (![this.delimiter, "}", undefined].includes(this.text[this.at])) this.at += 1;
    const item = this.text.slice(start, this.at);
    return item === "NULL" ? null : item;
  }

  private quoted(): string {
    const start = this.at + 1;
    let end = start;
    while (end < this.text.length && this.text[end] !== '"') end += this.text[end] === "\\" ? 2 : 1;
    if (end >= this.text.length) throw new SyntaxError("the text of an array has an open quote");
    this.at = end + 1;
    return this.text.slice(start, end).replace(/\\(.)/gs, "$1");
  }
}
