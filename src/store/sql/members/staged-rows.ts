import type { WantedMember } from "../../members.js";
import { compareTexts } from "../../text-order.js";
import type { Cell } from "../database.js";
import type { WantedCounts } from "./counts.js";

/** The targets of a source, each with a number that its rows are staged under, and what it wants there. */
export class WantedTargets {
  private readonly known = new Map<
    string,
    { readonly no: number; members: number; rows: number }
  >();
  private wantedIn: string[] = [];
  private members = 0;

  /** The number of a target, also of one in which nothing is wanted. */
  numberOf(target: string): number {
    return this.of(target).no;
  }

  countsOf(target: string): WantedCounts {
    const { members, rows } = this.of(target);
    return { members, rows };
  }

  /** Counts a record; gives the numbers of its target and its own. */
  count({ target, rows }: WantedMember): { readonly targetNo: number; readonly memberNo: number } {
    const known = this.of(target);
    if (known.members === 0) this.wantedIn.push(target);
    known.members += 1;
    known.rows += rows.length;
    this.members += 1;
    return { targetNo: known.no, memberNo: this.members };
  }

  /** Those in which something is wanted, in the order of code points. */
  inOrder(): readonly string[] {
    return this.wantedIn.toSorted((a, b) => compareTexts([a], [b]));
  }

  private of(target: string) {
    const known = this.known.get(target) ?? { no: this.known.size, members: 0, rows: 0 };
    this.known.set(target, known);
    return known;
  }
}

/** Rows as they are appended to the staged ones. */
export function stagedRows(
  members: readonly WantedMember[],
  wanted: WantedTargets,
): readonly (readonly Cell[])[] {
  return members.flatMap((one) => {
    const { targetNo, memberNo } = wanted.count(one);
    const { member, identity } = one;
    return one.rows.map(({ rowId, itemId, contentDigest, attributesDigest, ...row }) => [
      ...[targetNo, memberNo, rowId, member, itemId, contentDigest, attributesDigest],
      ...[row.keys, row.keys.length, row.cells, row.attributes, identity],
    ]);
  });
}
