/** What every store does: one suite for all kinds. */
import { afterEach, describe } from "vitest";
import { eventStandings } from "./contract/event-standings.js";
import { eventCounts } from "./contract/event-counts.js";
import { horizons } from "./contract/horizons.js";
import { lanes } from "./contract/lanes.js";
import { ledger } from "./contract/ledger.js";
import { levers, leversDuringRun } from "./contract/levers.js";
import { membersBegin } from "./contract/members-begin.js";
import { membersComparison } from "./contract/members-comparison.js";
import { membersCounts } from "./contract/members-counts.js";
import { membersFold } from "./contract/members-fold.js";
import { membersReplace } from "./contract/members-replace.js";
import { membersRequests } from "./contract/members-requests.js";
import { membersSharing } from "./contract/members-sharing.js";
import { rejects } from "./contract/rejects.js";
import { runs } from "./contract/runs.js";
import { sharing } from "./contract/sharing.js";
import { suppressions } from "./contract/suppressions.js";
import { targets } from "./contract/targets.js";
import { undecidable } from "./contract/undecidable.js";
import type { OpenWorld, SharedWorld, World } from "./world.js";

/** Parts of the contract, each by what it is about. */
const PARTS: Readonly<Record<string, (open: OpenWorld) => void>> = {
  targets,
  runs,
  ledger,
  lanes,
  levers,
  "what an operator cannot decide": undecidable,
  "event standings": eventStandings,
  "event counts": eventCounts,
  horizons,
  rejects,
  suppressions,
};

/** Parts for stores that stay open. */
const STAYING: typeof PARTS = { "levers during a run": leversDuringRun };

/** Parts for stores that hold members. */
const HOLDING: typeof PARTS = {
  "members, compared": membersComparison,
  "members, counted": membersCounts,
  "members, begun": membersBegin,
  "members, folded": membersFold,
  "members, requested": membersRequests,
  "members, replaced": membersReplace,
};

/** What a kind of store is like. */
export interface Kind {
  /** Whether it is closed and opened again before each call. */
  readonly reopens?: true;
}

/** Registers the tests for one kind of store. */
export function storeContract(kind: string, create: () => Promise<World>, is: Kind = {}): void {
  describe(kind, () => {
    const worlds: World[] = [];
    const open: OpenWorld = async () => {
      const world = await create();
      worlds.push(world);
      return world.store;
    };
    afterEach(async () => {
      for (const world of worlds.splice(0)) await world.end();
    });
    const parts = {
      ...PARTS,
      ...(is.reopens === true ? {} : STAYING),
      ...HOLDING,
    };
    for (const [part, register] of Object.entries(parts))
      describe(part, () => {
        register(open);
      });
  });
}

/** Registers the tests for a kind of store that may be opened several times at once. */
export function sharedStoreContract(
  kind: string,
  create: () => Promise<SharedWorld>,
  is: Kind = {},
): void {
  storeContract(kind, create, is);
  describe(`${kind}, opened several times at once`, () => {
    const worlds: SharedWorld[] = [];
    afterEach(async () => {
      for (const world of worlds.splice(0)) await world.end();
    });
    const open = async () => {
      const world = await create();
      worlds.push(world);
      return world;
    };
    sharing(open);
    membersSharing(open);
  });
}
