/** Which identifiers people can have. */
import type { Flaws } from "../records/source.js";
import type { Flaw } from "../records/record.js";
import type { Chance } from "../time/chance.js";
import { emailCell, phoneCell, type Line } from "./member.js";
import type { Sharing } from "./schedule.js";

type Identifiers = Pick<Line, "emails" | "phones" | "firstName">;

/** By person: the telephone of a household. */
const COUPLES: ReadonlyMap<string, string> = new Map([
  ["p1", "t1"],
  ["p2", "t1"],
  ["p3", "t2"],
  ["p4", "t2"],
]);

/** Draws the identifiers of people, of whom some share them. */
export class IdentifierPool {
  /** Of which it is decided whether Meta finds something wrong with them. */
  private readonly known = new Set<string>();

  constructor(
    private readonly chance: Chance,
    private readonly sharing: Sharing,
    private readonly flaws: Flaws,
    private readonly flawRate: number,
  ) {}

  /** What somebody has, of what is theirs to have; none at all once in a while. */
  of(person: string): Identifiers {
    const { chance } = this;
    const couple = this.sharing === "couples" ? COUPLES.get(person) : undefined;
    if (couple !== undefined)
      return { emails: [`${person.replace("p", "e")}1`], phones: [couple], firstName: undefined };
    const drawn = {
      emails: this.some(person, "e", [2, 6, 3]),
      phones: this.some(person, "t", [5, 5]),
      firstName: chance.happens(0.3) ? this.token(person, "n", 1) : undefined,
    };
    this.judge(drawn);
    return drawn;
  }

  private some(person: string, kind: string, weights: readonly number[]): readonly string[] {
    const count = this.chance.weighted(weights.map((weight, number) => [number, weight]));
    return [...new Set(Array.from({ length: count }, () => this.token(person, kind, 3)))];
  }

  private token(person: string, kind: string, ofOne: number): string {
    const { chance, sharing } = this;
    if (sharing === "anybody") return `${kind}${String(chance.between(1, 3 * ofOne))}`;
    return `${kind}${String(10 * Number(person.slice(1)) + chance.between(1, ofOne))}`;
  }

  private judge({ emails, phones }: Identifiers): void {
    const cells = [...emails.map(emailCell), ...phones.map(phoneCell)];
    for (const cell of cells.filter((one) => !this.known.has(one))) {
      this.known.add(cell);
      if (this.chance.happens(this.flawRate)) this.flaws.set(cell, drawFlaw(this.chance));
    }
  }
}

function drawFlaw(chance: Chance): Flaw {
  return chance.happens(0.5)
    ? { kind: "refused", subcode: undefined, blame: chance.pick(["right", "wrong", "none"]) }
    : { kind: "malformed", named: chance.happens(0.7) };
}
