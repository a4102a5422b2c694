import { API_VERSION, VERSION_ENDS } from "../../generated/constants.js";
import { fail, ok, type Result } from "../../core/result.js";
import { versionEnded, type Refusal } from "../answers/refusal.js";
import type { ServedOperation } from "./operation.js";

/** The version that answers a call. */
export interface Version {
  readonly name: string;
  /** `X-Ad-Api-Version-Warning`, when it is not the version that was asked for. */
  readonly warning: string | undefined;
}

/** Operations of the Marketing API, whose versions end sooner than those of the Graph API. */
const MARKETING: ReadonlySet<ServedOperation> = new Set<ServedOperation>([
  "readAdAccount",
  "listCustomAudiences",
  "createCustomAudience",
  "readObject",
  "addUsers",
  "removeUsers",
  "replaceUsers",
]);

interface Ends {
  readonly graph: string | null;
  readonly marketing: string | null;
}

const ENDS: ReadonlyMap<string, Ends> = new Map(Object.entries<Ends>(VERSION_ENDS));

/** True for a version that the spec has heard of. */
export function isVersion(name: string): boolean {
  return name === API_VERSION || ENDS.has(name);
}

/**
 * What becomes of a call in a version: Meta answers for a Marketing API that has ended with the
 * current one, and says so; after the end of the Graph API it refuses.
 *
 * @param now Unix seconds
 * @see https://developers.facebook.com/documentation/ads-commerce/marketing-api/marketing-api-changelog/versions
 */
export function versionFor(
  operation: ServedOperation,
  asked: string,
  now: number,
): Result<Version, Refusal> {
  const ends = ENDS.get(asked);
  if (isOver(ends?.graph, now)) return fail(versionEnded(asked));
  return MARKETING.has(operation) && isOver(ends?.marketing, now)
    ? ok({ name: API_VERSION, warning: `Version ${asked} has ended; ${API_VERSION} answered` })
    : ok({ name: asked, warning: undefined });
}

/** The last day of a version is one of its days. */
function isOver(lastDay: string | null | undefined, now: number): boolean {
  if (lastDay === null || lastDay === undefined) return false;
  return new Date(now * 1000).toISOString().slice(0, 10) > lastDay;
}
