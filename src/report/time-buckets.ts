/** Counts over time in bounded memory: when there would be too many buckets, they double in width. */

/** What is counted; two neighbours can become one. */
export interface BucketKind<T> {
  readonly empty: () => T;
  /** Adds the later one to the earlier one. */
  readonly merge: (into: T, later: T) => void;
}

/** So many at most, which is what a plot has room for. */
const MOST = 120;

/** The width of the first ones, in ms: a run against an emulator takes no longer than some of them. */
const FIRST_WIDTH_MS = 20;

/** Buckets of equal width, from an instant on. */
export class TimeBuckets<T> {
  /** In ms. */
  width = FIRST_WIDTH_MS;
  private buckets: T[] = [];

  constructor(
    private readonly startedAt: number,
    private readonly kind: BucketKind<T>,
  ) {}

  /** From the start on, without gaps. */
  get all(): readonly T[] {
    return this.buckets;
  }

  /** The bucket of an instant; what lies before the start counts as at the start. */
  at(instant: number): T {
    while (this.indexOf(instant) >= MOST) this.double();
    const index = this.indexOf(instant);
    while (this.buckets.length < index) this.buckets.push(this.kind.empty());
    const bucket = this.buckets[index] ?? this.kind.empty();
    this.buckets[index] = bucket;
    return bucket;
  }

  private indexOf(instant: number): number {
    return Math.max(0, Math.floor((instant - this.startedAt) / this.width));
  }

  private double(): void {
    this.width *= 2;
    const wider: T[] = [];
    for (const [index, bucket] of this.buckets.entries()) {
      const into = wider[index >> 1];
      if (into === undefined) wider.push(bucket);
      else this.kind.merge(into, bucket);
    }
    this.buckets = wider;
  }
}
