/** Which crashes and faults a set of schedules has met, as tables in which nothing may be missing. */
import { awaitPointsOf, type CrashSide, type RunKind } from "./await-points.js";
import type { Verdict } from "./meta/meta.js";
import type { CallSort, Exchange, Moment } from "./moments.js";
import { FAULT_NAMES, FAULTS, type CallKind } from "./network/faults.js";

const SIDES: readonly CrashSide[] = ["before", "after"];

/** Every sort of call, by the call that it is. */
const SORTS: Readonly<Record<CallSort, CallKind>> = {
  first: "send",
  later_run: "send",
  repeat: "send",
  isolated: "send",
  halved: "send",
  list: "list",
  next_page: "list",
  list_again: "list",
  create: "create",
  create_again: "create",
  read: "read",
};

/** What Meta itself finds wrong with a send. */
const FINDINGS = [
  "refused, right record named",
  "refused, other record named",
  "refused, none named",
  "some rows malformed",
  "all rows malformed",
] as const;

/** A table of counts; a cell that cannot be filled is not in it. */
class Table {
  private readonly cells = new Map<string, number>();

  constructor(
    private readonly title: string,
    private readonly columns: readonly string[],
    rows: readonly (readonly [row: string, columns: readonly string[]])[],
  ) {
    for (const [row, own] of rows) for (const column of own) this.cells.set(`${row}\t${column}`, 0);
  }

  count(row: string, column: string): void {
    const key = `${row}\t${column}`;
    const before = this.cells.get(key);
    if (before !== undefined) this.cells.set(key, before + 1);
  }

  /** Cells that should be there and are not. */
  get empty(): readonly string[] {
    return [...this.cells].flatMap(([key, count]) =>
      count === 0 ? [key.replace("\t", " × ")] : [],
    );
  }

  toString(): string {
    const rows = [...new Set([...this.cells.keys()].map((key) => key.split("\t")[0] ?? ""))];
    const width = Math.max(...rows.map(({ length }) => length));
    const line = (first: string, cells: readonly string[]) =>
      [
        first.padEnd(width),
        ...cells.map((cell, place) => cell.padStart(this.columns[place]?.length ?? 0)),
      ].join("  ");
    const texts = rows.map((row) =>
      line(
        row,
        this.columns.map((column) => String(this.cells.get(`${row}\t${column}`) ?? "")),
      ),
    );
    return [line(this.title, this.columns), ...texts].join("\n");
  }
}

/** Where crashes and faults are to be met. */
export interface Covered {
  /** What the runs are over. */
  readonly kinds: readonly RunKind[];
  /** What the faults hit. */
  readonly calls: readonly CallKind[];
}

/** What a set of schedules has met. */
export class Coverage {
  readonly crashes;
  readonly faults;

  constructor({ kinds, calls }: Covered) {
    const points = awaitPointsOf(...kinds);
    this.crashes = new Table(
      "crash at",
      SIDES,
      points.map((point) => [point, SIDES]),
    );
    const hits = (of: readonly CallKind[]) => sortsOf(of.filter((call) => calls.includes(call)));
    this.faults = new Table("fault of", sortsOf(calls), [
      ...FAULT_NAMES.map((name) => [name, hits(FAULTS[name].hits)] as const),
      ...FINDINGS.map((finding) => [finding, hits(["send"])] as const),
    ]);
  }

  readonly witness = (moment: Moment): void => {
    if (moment.kind === "crashed") this.crashes.count(moment.point, moment.side);
    if (moment.kind === "answered" && moment.heard.fault !== undefined)
      this.faults.count(moment.heard.fault, moment.heard.exchange.sort);
    if (moment.kind === "done" && moment.verdict !== undefined)
      this.judged(moment.exchange, moment.verdict);
  };

  private judged({ sort }: Exchange, verdict: Verdict): void {
    const finding = findingOf(verdict);
    if (finding !== undefined) this.faults.count(finding, sort);
  }
}

function sortsOf(calls: readonly CallKind[]): readonly string[] {
  return Object.entries(SORTS).flatMap(([sort, call]) => (calls.includes(call) ? [sort] : []));
}

function findingOf(verdict: Verdict): (typeof FINDINGS)[number] | undefined {
  if (verdict.kind === "refused") {
    if (verdict.blamed.length === 0) return "refused, none named";
    return verdict.namesRight ? "refused, right record named" : "refused, other record named";
  }
  if (verdict.kind === "closed") return undefined;
  const { malformed, received } = verdict;
  if (malformed.length === 0) return undefined;
  return malformed.length < received ? "some rows malformed" : "all rows malformed";
}
