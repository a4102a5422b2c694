/** How many values are watched at once. A million records or ten: so much memory, and no more. */
const WATCHED = 4_096;

/** What is known of the values that were seen often. */
export interface Repeated {
  /** Different values. */
  readonly values: number;
  /** Occurrences of all of them: at least so many. */
  readonly occurrences: number;
}

/**
 * Finds the values that occur often in a stream, in bounded memory (Misra and Gries, 1982).
 *
 * Of `n` occurrences, every value with more than `n / 4,097` of them is watched at the end, and what is
 * counted of a value is never more than what occurred, and at most `n / 4,097` less. So a value that
 * is reported did occur that often; one that occurs in a share above what is asked for plus 0.025 %
 * is not missed.
 *
 * @see https://doi.org/10.1016/0167-6423(82)90012-0
 */
export class RepeatedValues {
  private readonly counts = new Map<string, number>();

  add(value: string): void {
    const known = this.counts.get(value);
    if (known !== undefined) this.counts.set(value, known + 1);
    else if (this.counts.size < WATCHED) this.counts.set(value, 1);
    else this.lowerAll();
  }

  /** What occurred so often or more. */
  from(occurrences: number): Repeated {
    const often = [...this.counts.values()].filter((count) => count >= occurrences);
    return { values: often.length, occurrences: often.reduce((sum, count) => sum + count, 0) };
  }

  /** Takes away one occurrence of each watched value along with the new one: `n / 4,097` times at most. */
  private lowerAll(): void {
    for (const [value, count] of this.counts)
      if (count === 1) this.counts.delete(value);
      else this.counts.set(value, count - 1);
  }
}
