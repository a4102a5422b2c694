import { graphValidator, type SchemaViolation } from "../core/ajv.js";
import type { RequestPlan } from "./request-plan.js";

const COMPONENTS: Readonly<Record<RequestPlan["operation"], string>> = {
  import: "EventsRequest",
  upsert: "UsersRequest",
  remove: "UsersRequest",
  replace: "UsersReplaceRequest",
};

/**
 * The second check: holds a whole body against the spec. Entries were checked one by one already,
 * so a violation here is a fault of the mapping's `request` section or a bug; plans and dry runs
 * look, live runs need not.
 */
export function verifyRequest(request: RequestPlan): readonly SchemaViolation[] {
  return graphValidator(COMPONENTS[request.operation])(request.body);
}
