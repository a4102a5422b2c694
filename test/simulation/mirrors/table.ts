/** The table of a history: who should be in which audience, day by day. */
import type { Chance } from "../time/chance.js";
import type { IdentifierPool } from "./identifiers.js";
import { memberRecord, type Line, type MemberRecord } from "./member.js";

/** People come and go; so many there are at most. */
const MOST_PEOPLE = 12;

/** What somebody in it was ever known by. */
export interface KnownIdentifiers {
  readonly emails: Set<string>;
  readonly phones: Set<string>;
}

/** What those are called who come and go together. */
const CROWD = "c";

export class Table {
  /** By person and audience. */
  private readonly lines = new Map<string, Line>();
  private readonly known = new Map<string, KnownIdentifiers>();
  private readonly crowd: string[] = [];
  private made = new WeakMap<Line, MemberRecord>();
  /** The mapping has been corrected: of everybody another row is wanted. */
  corrected = false;
  /** Somebody stands there twice, so that nobody knows which line counts. */
  repeats = false;

  constructor(
    private readonly chance: Chance,
    private readonly audiences: readonly string[],
    private readonly pool: IdentifierPool,
  ) {}

  get records(): readonly MemberRecord[] {
    const records = [...this.lines.values()].map((line) => this.recordOf(line));
    return this.repeats ? [...records, ...records.slice(0, 1)] : records;
  }

  /** It is looked at far more often than it changes. */
  private recordOf(line: Line): MemberRecord {
    const known = this.made.get(line);
    if (known !== undefined) return known;
    const record = memberRecord(line, this.corrected);
    this.made.set(line, record);
    return record;
  }

  /** Everything by which somebody was ever known here. */
  knownOf(person: string): KnownIdentifiers {
    return this.known.get(person) ?? { emails: new Set(), phones: new Set() };
  }

  /** Whoever has been here, the crowd aside. */
  get people(): readonly string[] {
    return [...this.known.keys()].filter((person) => !person.startsWith(CROWD));
  }

  begin(people: number, crowd: number): void {
    for (let joined = 0; joined < people; joined += 1) this.join();
    for (let one = 1; one <= crowd; one += 1) this.crowd.push(`${CROWD}${String(one)}`);
    for (const person of this.crowd) this.crowdJoins(person);
  }

  /** A day goes by. */
  change(): void {
    const { chance } = this;
    for (let changes = chance.between(0, 5); changes > 0; changes -= 1)
      chance.weighted<() => void>([
        [this.join, 5],
        [this.leave, 3],
        [this.identify, 5],
        [this.move, 2],
        [this.blank, 1],
        [this.revoke, 1],
        [this.revalue, 1],
        [this.empty, 0.4],
        [this.correct, 0.2],
      ])();
    if (this.crowd.length > 0) this.crowdMoves();
  }

  /** Many of the crowd leave at once, or come back. */
  private crowdMoves(): void {
    const { chance } = this;
    const [audience = ""] = this.audiences;
    if (chance.happens(0.35)) {
      const share = chance.pick([0.2, 0.5]);
      for (const person of this.crowd)
        if (chance.happens(share)) this.lines.delete(keyOf({ person, audience }));
    } else if (chance.happens(0.4)) for (const person of this.crowd) this.crowdJoins(person);
  }

  private crowdJoins(person: string): void {
    const [audience = ""] = this.audiences;
    const own = { emails: [person], phones: [], firstName: undefined };
    this.put({ person, audience, value: 1, consents: true, ...own });
  }

  private readonly join = (): void => {
    const { chance } = this;
    const person = `p${String(chance.between(1, MOST_PEOPLE))}`;
    const audience = chance.pick(this.audiences);
    const value = chance.between(1, 9);
    this.put({ person, audience, value, consents: true, ...this.pool.of(person) });
  };

  private readonly leave = (): void => {
    this.some((line) => this.lines.delete(keyOf(line)));
  };

  private readonly identify = (): void => {
    this.some((line) => {
      this.put({ ...line, ...this.pool.of(line.person) });
    });
  };

  private readonly move = (): void => {
    this.some((line) => {
      this.lines.delete(keyOf(line));
      this.put({ ...line, audience: this.chance.pick(this.audiences) });
    });
  };

  private readonly blank = (): void => {
    this.some((line) => {
      this.put({ ...line, emails: [], phones: [], firstName: undefined });
    });
  };

  private readonly revoke = (): void => {
    this.some((line) => {
      this.put({ ...line, consents: !line.consents });
    });
  };

  private readonly revalue = (): void => {
    this.some((line) => {
      this.put({ ...line, value: this.chance.between(1, 9) });
    });
  };

  private readonly empty = (): void => {
    const audience = this.chance.pick(this.audiences);
    for (const [key, line] of this.lines) if (line.audience === audience) this.lines.delete(key);
  };

  private readonly correct = (): void => {
    this.corrected = true;
    this.made = new WeakMap();
  };

  private some(change: (line: Line) => void): void {
    const lines = [...this.lines.values()];
    if (lines.length > 0) change(this.chance.pick(lines));
  }

  private put(line: Line): void {
    this.lines.set(keyOf(line), line);
    const { emails, phones } = this.knownOf(line.person);
    for (const email of line.emails) emails.add(email);
    for (const phone of line.phones) phones.add(phone);
    this.known.set(line.person, { emails, phones });
  }
}

function keyOf({ person, audience }: Pick<Line, "person" | "audience">): string {
  return `${person} ${audience}`;
}
