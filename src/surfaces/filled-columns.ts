import type { RowNeeds } from "./row-needs.js";

/** The columns of a row, and whether a row with just these may be sent. */
interface Judged {
  /** In order. */
  readonly positions: readonly number[];
  readonly removing: boolean;
  readonly areEnough: boolean;
}

/**
 * Which columns the row at hand has. Nearly all rows have those of the row before: they share a list of
 * them, and what was judged of it.
 */
export class FilledColumns {
  private readonly positions: Uint32Array;
  private count = 0;
  private before: Judged | undefined;

  constructor(
    width: number,
    private readonly needs: RowNeeds,
  ) {
    this.positions = new Uint32Array(width);
  }

  /** Forgets the row before. */
  clear(): void {
    this.count = 0;
  }

  /** Says that the row has a column; called in their order. */
  add(position: number): void {
    this.positions[this.count] = position;
    this.count += 1;
  }

  judged(removing: boolean): Judged {
    const { before } = this;
    return before?.removing === removing && this.isSame(before.positions)
      ? before
      : this.judge(removing);
  }

  private judge(removing: boolean): Judged {
    const positions = [...this.positions.subarray(0, this.count)];
    const { areMet } = this.needs((at) => positions.includes(at), removing);
    return (this.before = { positions, removing, areEnough: areMet });
  }

  private isSame(positions: readonly number[]): boolean {
    if (positions.length !== this.count) return false;
    for (let at = 0; at < this.count; at += 1)
      if (positions[at] !== this.positions[at]) return false;
    return true;
  }
}
