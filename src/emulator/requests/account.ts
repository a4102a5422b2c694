import type { World } from "../world/world.js";

/** The ad account whose limit a call about it or its audiences uses up; none for all other calls. */
export function accountOf(
  world: World,
  parameters: ReadonlyMap<string, string>,
): string | undefined {
  const audience = parameters.get("custom_audience_id") ?? parameters.get("object_id");
  return audience === undefined
    ? parameters.get("ad_account_id")
    : world.audiences.get(audience)?.accountId;
}
