/** Everybody in an audience of the simulated Meta is replaced: by one session of requests, or not at all. */
import { REPLACE_SESSION_SECONDS, REPLACEABLE } from "../../../src/generated/constants.js";
import { OPERATION_STATUS } from "../../../src/emulator/world/audience.js";
import type { Membership } from "../../../src/emulator/world/membership.js";
import type { WireRequest, WireRow } from "./wire.js";

/** What Meta counts in its answers to a session: everything of it so far. */
export interface SessionCounts {
  readonly received: number;
  readonly invalid: number;
}

interface Replacing {
  readonly sessionId: string;
  /** Milliseconds. */
  readonly until: number;
  readonly rows: WireRow[];
  received: number;
  invalid: number;
}

/** What an audience knows of its replaces. */
export interface Replaceable {
  readonly membership: Membership;
  /** A code of `operation_status`. */
  status: number;
  /** Who will be in it once the replace that goes on has ended. */
  replacing: Replacing | undefined;
  readonly endedSessions: Set<string>;
}

/** A Graph error by which Meta takes nothing of a request, whoever is in it. */
export interface Closed {
  readonly kind: "closed";
  readonly code: number;
  readonly subcode: number | undefined;
}

type UsersRequest = Extract<WireRequest, { kind: "users" }>;

/** Why an audience takes no such request now, if it does not. */
export function closedTo(audience: Replaceable, { session }: UsersRequest): Closed | undefined {
  const { replacing, status, endedSessions } = audience;
  if (session === undefined) return replacing === undefined ? undefined : closed(1_870_145);
  if (endedSessions.has(session.id)) return closed(1_870_158);
  if (replacing?.sessionId === session.id)
    return session.sequence === 1 ? closed(1_870_145) : undefined;
  if (session.sequence !== 1) return closed(1_870_147);
  if (replacing !== undefined) return closed(1_870_145);
  return REPLACEABLE.some((code) => code === status) ? undefined : closed(undefined);
}

/** Takes rows of a session; the last of its requests makes it count. @param now milliseconds */
export function gather(
  audience: Replaceable,
  request: UsersRequest,
  rows: readonly WireRow[],
  now: number,
): SessionCounts {
  const { session } = request;
  if (session === undefined) throw new TypeError("a replace has a session");
  const until = now + REPLACE_SESSION_SECONDS * 1_000;
  audience.replacing ??= { sessionId: session.id, until, rows: [], received: 0, invalid: 0 };
  const { replacing } = audience;
  replacing.rows.push(...rows);
  replacing.received += request.items.length;
  replacing.invalid += request.items.length - rows.length;
  audience.status = OPERATION_STATUS.replacing;
  if (session.isLast) endReplace(audience);
  return { received: replacing.received, invalid: replacing.invalid };
}

/** A session that nobody ended in time ends by itself, with whoever was sent by then. */
export function endOverdue(audience: Replaceable, now: number): void {
  if (audience.replacing !== undefined && now >= audience.replacing.until) endReplace(audience);
}

function endReplace(audience: Replaceable): void {
  const { replacing, membership, endedSessions } = audience;
  if (replacing === undefined) return;
  membership.clear();
  for (const { keys, beside } of replacing.rows) membership.add(keys, beside);
  endedSessions.add(replacing.sessionId);
  audience.replacing = undefined;
  audience.status = OPERATION_STATUS.normal;
}

function closed(subcode: number | undefined): Closed {
  return { kind: "closed", code: 2_650, subcode };
}
