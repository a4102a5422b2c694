/** What an event has, as far as it is asked before it is sent. */
import type { Json } from "../core/json.js";
import { GRAPH_SCHEMAS } from "../generated/schemas.js";
import type { Requirement } from "../mapping/form.js";
import type { EventHead } from "./entry.js";
import { CUSTOM_DATA_REQUIRED } from "./lacking-custom-data.js";
import { WEAK_SETS } from "./weak-user-data.js";

/** Hears of the fields of one event after the other while they are written. */
export class HeardFields {
  private eventName: Json | undefined;
  private eventId: Json | undefined;
  private eventTime: Json | undefined;
  private actionSource: Json | undefined;

  /** The fields that are asked for, each at its place in `present`. */
  private readonly asked: readonly string[];
  private readonly present: Uint8Array;
  private readonly all: readonly number[];
  /** Of each of these lists the event needs one field. */
  private readonly oneOf: readonly (readonly number[])[];
  private readonly byName: ReadonlyMap<Json | undefined, readonly number[]>;

  constructor({ anyOf, allOf }: Requirement) {
    const all = [...GRAPH_SCHEMAS.$defs.Event.required, ...allOf];
    const oneOf = [...(anyOf.length === 0 ? [] : [anyOf]), ...STRONG];
    const byName = [...CUSTOM_DATA_REQUIRED].map(
      ([name, keys]) => [name, keys.map(({ key }) => `custom_data.${key}`)] as const,
    );
    const asked = new Set([...all, ...oneOf.flat(), ...byName.flatMap(([, fields]) => fields)]);
    this.asked = [...asked];
    this.present = new Uint8Array(this.asked.length);
    const places = (fields: readonly string[]) => fields.map((at) => this.asked.indexOf(at));
    this.all = places(all);
    this.oneOf = oneOf.map(places);
    this.byName = new Map(byName.map(([name, fields]) => [name, places(fields)]));
  }

  /** Who is to be told that a field was written; nobody of most of them. */
  presence(at: string): (() => void) | undefined {
    const place = this.asked.indexOf(at);
    if (place < 0) return undefined;
    const { present } = this;
    return () => {
      present[place] = 1;
    };
  }

  /** Who is to be told a value: that of a field by which events are known and judged. */
  value(at: string): ((value: Json) => void) | undefined {
    switch (at) {
      case "event_name":
        return (value) => void (this.eventName = value);
      case "event_id":
        return (value) => void (this.eventId = value);
      case "event_time":
        return (value) => void (this.eventTime = value);
      case "action_source":
        return (value) => void (this.actionSource = value);
      default:
        return undefined;
    }
  }

  /** Forgets the event. */
  clear(): void {
    this.eventName = undefined;
    this.eventId = undefined;
    this.eventTime = undefined;
    this.actionSource = undefined;
    this.present.fill(0);
  }

  head(): EventHead {
    return {
      event_name: this.eventName,
      event_id: this.eventId,
      event_time: this.eventTime,
      action_source: this.actionSource,
    };
  }

  /** False where the event lacks something that the mapping or Meta asks for. */
  areEnough(): boolean {
    if (!this.hasAll(this.all)) return false;
    for (const places of this.oneOf) if (!this.hasOne(places)) return false;
    const required = this.byName.get(this.eventName);
    return required === undefined || this.hasAll(required);
  }

  private hasAll(places: readonly number[]): boolean {
    for (const place of places) if (this.present[place] !== 1) return false;
    return true;
  }

  private hasOne(places: readonly number[]): boolean {
    for (const place of places) if (this.present[place] === 1) return true;
    return false;
  }
}

/** Lists of fields: an event finds somebody that has one of each. */
const STRONG: readonly (readonly string[])[] = WEAK_SETS.map((weak) =>
  Object.keys(GRAPH_SCHEMAS.$defs.UserData.properties)
    .filter((key) => !weak.has(key))
    .map((key) => `user_data.${key}`),
);
