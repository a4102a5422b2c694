/** Finds the bad records of a refused batch with few requests; pure, and knows nothing of sending. */

/** How many records refused alone, with nothing accepted, tell that the mapping is wrong. */
export const ALONE_REFUSED_LIMIT = 10;

/**
 * The search. `next` gives a group to send; `note` takes what came of it. A record that is refused
 * alone is bad. A known-bad group is searched by its first half: when that is taken, the other half
 * is known to be bad without being sent. What was never tried goes back as one group.
 *
 * For one bad record among 1,000 that is about eleven requests.
 */
export class Isolation<T> {
  /** Refused as a whole: holds at least one bad record. */
  private bad: readonly T[];
  /** Of `bad`, those that Meta named and that were not tried alone yet. */
  private blamed: readonly T[];
  /** Nothing is known of these. */
  private untried: readonly T[] = [];
  private group: readonly T[] = [];
  /** The last group was a bad record alone. */
  private foundOne = false;

  /**
   * @param refused the batch
   * @param blamed the records of it that Meta named, which may be wrong
   * @param cautious true as long as the lane has had no success: then the record after a bad one is
   *   tried alone, so that a wrong mapping shows soon
   */
  constructor(
    refused: readonly T[],
    blamed: readonly T[],
    private readonly cautious: () => boolean,
  ) {
    this.bad = refused;
    this.blamed = blamed;
  }

  /** The next group to send; `undefined` when the search is over. */
  next(): readonly T[] | undefined {
    this.group = this.pick();
    return this.group.length === 0 ? undefined : this.group;
  }

  /** Meta took the group. */
  accepted(): void {
    this.foundOne = false;
    this.take();
  }

  /** Meta refused the group for a record in it; a group of one is found. */
  refused(blamed: readonly T[] = []): void {
    const { group } = this;
    const rest = without(this.bad, group);
    this.foundOne = group.length === 1;
    this.untried = [...rest, ...without(this.untried, group)];
    this.bad = this.foundOne ? [] : group;
    this.blamed = blamed;
  }

  /** Nobody knows what Meta thinks of the group; it is left alone, and the rest tried afresh. */
  unresolved(): void {
    const rest = without(this.bad, this.group);
    this.untried = [...rest, ...without(this.untried, this.group)];
    this.bad = [];
    this.blamed = [];
  }

  /** What has not been sent alone or in a smaller group. */
  remaining(): readonly T[] {
    return [...this.bad, ...this.untried];
  }

  private pick(): readonly T[] {
    if (this.bad.length === 0)
      return this.foundOne && this.cautious() ? this.untried.slice(0, 1) : this.untried;
    const [named] = this.blamed;
    if (named !== undefined) return [named];
    return this.bad.length === 1 ? this.bad : this.bad.slice(0, Math.floor(this.bad.length / 2));
  }

  private take(): void {
    this.bad = without(this.bad, this.group);
    this.blamed = without(this.blamed, this.group);
    this.untried = without(this.untried, this.group);
  }
}

function without<T>(all: readonly T[], taken: readonly T[]): readonly T[] {
  const gone = new Set(taken);
  return all.filter((one) => !gone.has(one));
}
