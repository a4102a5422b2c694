import { listIn, type Json } from "../core/json.js";
import { textOf, type Written } from "../core/written.js";
import type { AudienceEntry } from "./entry.js";
import type { Envelope } from "./rows.js";

const SURFACE = "custom_audiences";
const ONE_ROW = 1;

/**
 * The one row of a record, written already; its cells are read again only where somebody asks for them.
 * Ten thousand of these are held for a request, so that each is one object, and a small one.
 */
export class WrittenRow implements AudienceEntry, Written {
  readonly identity: string;
  readonly target: string;
  readonly member: string | undefined;
  sheet: Written["sheet"];
  start: number;
  end: number;

  /** @param width how many columns the mapping has */
  constructor(
    { identity, target, member }: Envelope,
    readonly operation: AudienceEntry["operation"],
    readonly columns: readonly number[],
    json: Written,
    readonly width: number,
  ) {
    this.sheet = json.sheet;
    this.start = json.start;
    this.end = json.end;
    this.identity = identity;
    this.target = target;
    this.member = member;
  }

  get surface(): typeof SURFACE {
    return SURFACE;
  }

  get items(): number {
    return ONE_ROW;
  }

  get json(): Written {
    return this;
  }

  get rows(): AudienceEntry["rows"] {
    const cells = new Array<Json | undefined>(this.width).fill(undefined);
    const written = listIn(textOf(this));
    for (const [index, position] of this.columns.entries()) cells[position] = written[index];
    return [cells];
  }
}
