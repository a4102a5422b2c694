import type { RenderedRequest } from "../../../src/graph/client.js";
import type { BatchRow, MemoryTables } from "../../../src/store/memory/tables.js";
import type { WireRequest } from "../meta/wire.js";
import type { CallSort, Heard, SentBatch } from "../moments.js";

/** What left, and what for: by the ledger, which is to know of every request before it leaves. */
export class SendLog {
  /** What left in earlier processes, and in this one. */
  private readonly earlier = new Set<string>();
  private readonly now = new Set<string>();
  /** By planned batch: how it was taken apart. */
  private readonly splits = new Map<string, CallSort>();

  constructor(private readonly tables: MemoryTables) {}

  sent({ path, body }: RenderedRequest, request: WireRequest): SentBatch {
    const row = this.sendingRow(path);
    return {
      path,
      body: Buffer.from(body).toString(),
      request,
      row,
      attempt: row?.attempts.length ?? 1,
    };
  }

  /** Which sort of send it is; from now on its items have left. */
  sortOf({ row, attempt, path }: SentBatch, items: readonly string[]): CallSort {
    const keys = items.map((item) => `${path} ${item}`);
    const before = keys.some((key) => this.earlier.has(key));
    for (const key of keys) this.now.add(key);
    if (attempt > 1) return "repeat";
    const split = row?.parent === undefined ? undefined : this.splits.get(row.parent);
    return split ?? (before ? "later_run" : "first");
  }

  /** Meta's answer decides how a planned batch goes on. */
  heard({ exchange, fault, refusesRecords }: Heard): void {
    const row = exchange.sent?.row;
    if (row === undefined || row.parent !== undefined) return;
    if (fault === "too_large") this.splits.set(row.batchId, "halved");
    else if (refusesRecords) this.splits.set(row.batchId, "isolated");
  }

  processEnded(): void {
    for (const key of this.now) this.earlier.add(key);
    this.now.clear();
  }

  private sendingRow(path: string): BatchRow | undefined {
    for (const row of this.tables.batches.values())
      if (row.state === "sending" && row.path === path) return row;
    return undefined;
  }
}
