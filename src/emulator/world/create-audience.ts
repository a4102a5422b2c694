import type { JsonObject } from "../../core/json.js";
import { OPERATION_STATUS, type Audience } from "./audience.js";
import { createMembership } from "./membership.js";
import type { World } from "./world.js";

/** Where and when an audience comes to be; what is missing is made up. */
export interface Birth {
  readonly accountId: string;
  /** Unix seconds. */
  readonly at: number;
  readonly id?: string | undefined;
  readonly operationStatus?: number | undefined;
}

/** Adds an audience to the world. Names need not be unique. */
export function createAudience(world: World, given: JsonObject, birth: Birth): Audience {
  const audience: Audience = {
    id: birth.id ?? world.nextAudienceId(),
    accountId: birth.accountId,
    given,
    createdAt: birth.at,
    contentUpdatedAt: birth.at,
    membership: createMembership(world.matching),
    uploads: { requests: 0, rows: 0, invalidRows: 0 },
    operationStatus: birth.operationStatus ?? OPERATION_STATUS.nothingUploaded,
    replacing: undefined,
  };
  world.audiences.set(audience.id, audience);
  return audience;
}
