/** How many identifiers sendable records have. */
export interface Coverage {
  readonly none: number;
  readonly one: number;
  readonly two: number;
  readonly threeOrMore: number;
}

/** Records in which the same fields have usable values. */
export interface CombinationCount {
  readonly fields: readonly string[];
  readonly records: number;
}

/** So many are told apart; a mapping of thirty fields could make a thousand million. */
const MOST = 1_000;

/** So many are reported. */
const SHOWN = 10;

/** Counts which fields go together. */
export class Combinations {
  private readonly counts = new Map<
    string,
    { readonly fields: readonly string[]; records: number }
  >();
  private readonly bySize = { none: 0, one: 0, two: 0, threeOrMore: 0 };

  /** Counts a record by its fields with usable values, always in one order. */
  add(fields: readonly string[]): void {
    this.bySize[SIZES[fields.length] ?? "threeOrMore"] += 1;
    const name = fields.join();
    const known = this.counts.get(name);
    if (known !== undefined) known.records += 1;
    else if (this.counts.size < MOST) this.counts.set(name, { fields, records: 1 });
  }

  coverage(): Coverage {
    return { ...this.bySize };
  }

  /** The commonest, by their records. */
  commonest(): readonly CombinationCount[] {
    return [...this.counts.values()].toSorted((a, b) => b.records - a.records).slice(0, SHOWN);
  }
}

const SIZES = ["none", "one", "two"] as const;
