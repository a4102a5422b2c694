import { sha256 } from "../../../src/core/digest.js";
import type { JsonObject } from "../../../src/core/json.js";
import type { Chance } from "../time/chance.js";
import type { Fate, Flaw, PersonRecord } from "./record.js";
import { emailOf, phoneOf } from "./secrets.js";
import type { Flaws, RecordMaker } from "./source.js";

/** So many people come and go in each audience. */
const PEOPLE = 8;

/** Makes records of people who come and go in some audiences. */
export class PersonMaker implements RecordMaker {
  private made = 0;
  private readonly operations = new Map<string, "upsert" | "remove">();

  constructor(
    private readonly chance: Chance,
    private readonly audiences: readonly string[],
    private readonly flaws: Flaws,
    private readonly flawRate: number,
  ) {}

  make(): PersonRecord {
    const { chance } = this;
    this.made += 1;
    const place = chance.between(0, this.audiences.length - 1);
    const lane = this.audiences[place] ?? "";
    const flaw = chance.happens(this.flawRate) ? flawOf(chance) : undefined;
    const operation = flaw === undefined ? this.operationOf(lane) : "upsert";
    const fate = flaw === undefined ? this.fateOf(operation) : "sent";
    const person = flaw === undefined ? this.someone(place) : `p${String(9_000 + this.made)}`;
    const cells = this.cellsOf(person, operation);
    const [email = ""] = cells;
    if (flaw !== undefined) this.flaws.set(email, flaw);
    const record = { identity: `r${String(this.made)}`, lane, operation, person, fate };
    const json = recordOf(record, cells.length > 1, chance.between(1, 9));
    return { ...record, surface: "custom_audiences", flaw, cells, json };
  }

  /** Operations come in rows, since a request holds one kind only. */
  private operationOf(lane: string): "upsert" | "remove" {
    const { chance, operations } = this;
    const last = operations.get(lane);
    const next = chance.weighted<"upsert" | "remove">([
      ["upsert", last === "upsert" ? 8 : 4],
      ["remove", last === "remove" ? 6 : 2],
    ]);
    operations.set(lane, next);
    return next;
  }

  private fateOf(operation: "upsert" | "remove"): Fate {
    return this.chance.weighted<Fate>([
      ["sent", 92],
      ["rejected", 4],
      // Consent is asked for additions only.
      ["withheld", operation === "upsert" ? 4 : 0],
    ]);
  }

  /** Nobody is in two audiences, so that what Meta learns of people in one does not matter in another. */
  private someone(place: number): string {
    return `p${String(100 * (place + 1) + this.chance.between(1, PEOPLE))}`;
  }

  /** Every other person has a telephone, which a removal need not name. */
  private cellsOf(person: string, operation: "upsert" | "remove"): readonly string[] {
    const email = `EMAIL=${sha256(emailOf(person))}`;
    const hasPhone = Number(person.slice(1)) % 2 === 0;
    const named = hasPhone && (operation === "upsert" || this.chance.happens(0.5));
    return named ? [email, `PHONE=${sha256(phoneOf(person))}`] : [email];
  }
}

function flawOf(chance: Chance): Flaw {
  return chance.happens(0.5)
    ? { kind: "refused", subcode: undefined, blame: chance.pick(["right", "wrong", "none"]) }
    : { kind: "malformed", named: chance.happens(0.5) };
}

function recordOf(
  {
    identity,
    lane,
    operation,
    person,
    fate,
  }: Pick<PersonRecord, "identity" | "lane" | "operation" | "person" | "fate">,
  withPhone: boolean,
  value: number,
): JsonObject {
  const email = { type: "email", value: emailOf(person) };
  const phone = { type: "phone_e164", value: phoneOf(person) };
  const identifiers = withPhone ? [email, phone] : [email];
  return {
    record_identity: identity,
    operation,
    target: lane,
    key: { customer: person },
    identifiers: fate === "rejected" ? [] : identifiers,
    payload: { consent: fate !== "withheld", value },
  };
}
