import type { JsonObject } from "../../../src/core/json.js";
import type { ActionSource } from "../../../src/generated/constants.js";
import type { Chance } from "../time/chance.js";
import type { EventRecord, Fate, Flaw } from "./record.js";
import { emailOf } from "./secrets.js";
import type { Flaws, RecordMaker } from "./source.js";

const HOUR = 3_600;
const DAY = 24 * HOUR;

/** Makes the events of some pixels; the name of an event says to which it goes. */
export class EventMaker implements RecordMaker {
  private readonly made: EventRecord[] = [];

  constructor(
    private readonly chance: Chance,
    private readonly pixels: readonly string[],
    private readonly flaws: Flaws,
    private readonly flawRate: number,
  ) {}

  make(now: number): EventRecord {
    const { chance, made } = this;
    const sound = made.filter(({ fate, flaw }) => fate === "sent" && flaw === undefined);
    const event =
      sound.length > 0 && chance.happens(0.03) ? this.again(chance.pick(sound)) : this.fresh(now);
    made.push(event);
    return event;
  }

  private fresh(now: number): EventRecord {
    const { chance } = this;
    const number = this.made.length + 1;
    const place = chance.between(0, this.pixels.length - 1);
    const actionSource = chance.weighted(ACTION_SOURCES);
    const time = Math.floor(now / 1000) - ageOf(chance, actionSource);
    const fate = chance.weighted<Fate>([
      ["sent", 92],
      ["rejected", 4],
      ["withheld", 4],
    ]);
    const flaw = fate === "sent" && chance.happens(this.flawRate) ? refusal(chance) : undefined;
    const event = {
      identity: `e${String(number)}`,
      name: `Act${String(place)}`,
      lane: this.pixels[place] ?? "",
      actionSource,
      time,
      fate,
      flaw,
    };
    if (flaw !== undefined) this.flaws.set(`${event.name} ${event.identity}`, flaw);
    return { ...event, surface: "events", json: recordOf(event, 1) };
  }

  /** The same event once more, as it was or saying something else. */
  private again(event: EventRecord): EventRecord {
    return this.chance.happens(0.5) ? event : { ...event, json: recordOf(event, 2) };
  }
}

const ACTION_SOURCES: readonly (readonly [ActionSource, number])[] = [
  ["website", 50],
  ["app", 10],
  ["physical_store", 22],
  ["business_messaging", 14],
  ["email", 4],
];

function ageOf(chance: Chance, actionSource: ActionSource): number {
  const limit = actionSource === "physical_store" ? 62 * DAY : 7 * DAY;
  return chance.weighted([
    [chance.between(0, 36 * HOUR), 12],
    [chance.between(36 * HOUR, limit - 12 * HOUR), 5],
    [chance.between(limit - 6 * HOUR, limit + HOUR), 1],
  ]);
}

function refusal(chance: Chance): Flaw {
  const subcode = chance.pick([2_804_009, 2_804_016, undefined]);
  return { kind: "refused", subcode, blame: chance.pick(["right", "wrong", "none"]) };
}

function recordOf(
  {
    identity,
    name,
    actionSource,
    time,
    fate,
  }: Omit<EventRecord, "surface" | "json" | "flaw" | "lane">,
  take: number,
): JsonObject {
  const identifier = { type: "email", value: emailOf(`p${identity.slice(1)}`) };
  return {
    event_identity: identity,
    event_name: name,
    occurred_at: new Date(time * 1000).toISOString(),
    key: { event_id: identity },
    identifiers: fate === "rejected" ? [] : [identifier],
    payload: { action_source: actionSource, consent: fate !== "withheld", take },
  };
}
