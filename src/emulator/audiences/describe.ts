import { ownValue, type Json, type JsonObject } from "../../core/json.js";
import { type Audience } from "../world/audience.js";
import { shownFields } from "../objects/shown-fields.js";
import type { World } from "../world/world.js";
import { deliveryStatus, operationStatus } from "./status.js";

type Reading = (audience: Audience, world: World) => Json;

/** Fields that the emulator works out; all others are as they were given. */
const READINGS: ReadonlyMap<string, Reading> = new Map<string, Reading>([
  ["id", (audience) => audience.id],
  ["account_id", (audience) => audience.accountId],
  ["time_created", (audience) => audience.createdAt],
  ["time_updated", (audience) => audience.contentUpdatedAt],
  ["time_content_updated", (audience) => audience.contentUpdatedAt],
  ["operation_status", (audience) => operationStatus(audience.operationStatus)],
  ["delivery_status", (audience) => deliveryStatus(audience.membership.held.size)],
  ["approximate_count_lower_bound", countPeople],
  ["approximate_count_upper_bound", countPeople],
]);

/** The audience as Meta shows it: its id and the fields asked for, as far as they have a value. */
export function describeAudience(
  world: World,
  audience: Audience,
  fields: readonly string[],
): JsonObject {
  return shownFields(
    fields,
    (field) => READINGS.get(field)?.(audience, world) ?? ownValue(audience.given, field),
  );
}

function countPeople(audience: Audience, world: World): number {
  return world.matching.people(audience.membership.held.keys()).length;
}
