import type { JsonObject } from "../../../src/core/json.js";
import type { Chance } from "../time/chance.js";
import type { Flaw, SourceRecord } from "./record.js";

/** Makes records, one after the other. */
export interface RecordMaker {
  /** @param now milliseconds */
  make(now: number): SourceRecord;
}

/** The source of a schedule: it grows, is put in another order, and is read in small batches. */
export class Source {
  private list: readonly SourceRecord[] = [];

  constructor(
    private readonly maker: RecordMaker,
    private readonly chance: Chance,
  ) {}

  get records(): readonly SourceRecord[] {
    return this.list;
  }

  grow(count: number, now: number): void {
    this.list = [...this.list, ...Array.from({ length: count }, () => this.maker.make(now))];
  }

  reorder(): void {
    this.list = this.chance.shuffled(this.list);
  }

  /** Some records are not there any more. */
  shrink(): void {
    this.list = this.list.filter(() => this.chance.happens(0.7));
  }
}

/** Records as a source gives them: a few at a time. */
export function batchesOf(
  records: readonly SourceRecord[],
  size: number,
): readonly (readonly JsonObject[])[] {
  const values = records.map(({ json }) => json);
  return Array.from({ length: Math.ceil(values.length / size) }, (_, batch) =>
    values.slice(batch * size, (batch + 1) * size),
  );
}

/** What is wrong with some records, by what Meta knows them by; it grows with the source. */
export type Flaws = Map<string, Flaw>;
