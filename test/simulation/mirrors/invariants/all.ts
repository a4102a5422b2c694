/** Every invariant of delivery.md that concerns mirrors. */
import { carriedOutInOrder } from "../../invariants/carried-out-in-order.js";
import { countsSum } from "../../invariants/counts-sum.js";
import { foldTwice } from "../../invariants/fold-twice.js";
import { isolationBudget } from "../../invariants/isolation-budget.js";
import { nothingLeftOpen } from "../../invariants/nothing-left-open.js";
import { nothingPlanted } from "../../invariants/nothing-planted.js";
import { oneAudiencePerName } from "../../invariants/one-audience-per-name.js";
import { oneOpenRequest } from "../../invariants/one-open-request.js";
import { planIsWhatIsSent } from "../../invariants/plan-is-what-is-sent.js";
import { settledByAllAttempts } from "../../invariants/settled-by-all-attempts.js";
import { statedWaits } from "../../invariants/stated-waits.js";
import { successNeedsAnAnswer } from "../../invariants/success-needs-an-answer.js";
import { writtenBeforeSent } from "../../invariants/written-before-sent.js";
import { audiencesAtMeta } from "./audiences-at-meta.js";
import { betweenBounds } from "./between-bounds.js";
import { countsRemovals } from "./counts-removals.js";
import { erasedStayAway } from "./erased-stay-away.js";
import { oneOwner } from "./one-owner.js";
import { replacedHoldsTheList } from "./replaced-holds-the-list.js";
import { tooFewStaysOpen } from "./too-few-stays-open.js";
import { calledASuccess } from "./called-a-success.js";
import { guardSendsNothing } from "./guard-sends-nothing.js";
import type { MirrorInvariant } from "./mirror-facts.js";
import { nothingBegun } from "./nothing-begun.js";
import { openIsHeld } from "./open-is-held.js";
import { protectedCells } from "./protected-cells.js";
import { recordsOfTable } from "./records-of-table.js";
import { refusedStayOut } from "./refused-stay-out.js";
import { removalsFirst } from "./removals-first.js";
import { secondMirrorSendsNothing } from "./second-run.js";
import { confirmedSinceTrusted } from "./trusted-since.js";
import { touchedIsUnconfirmed } from "./touched-is-unconfirmed.js";

export const MIRROR_INVARIANTS: readonly MirrorInvariant[] = [
  betweenBounds,
  writtenBeforeSent,
  successNeedsAnAnswer,
  openIsHeld,
  settledByAllAttempts,
  oneOpenRequest,
  carriedOutInOrder,
  oneAudiencePerName,
  removalsFirst,
  protectedCells,
  touchedIsUnconfirmed,
  refusedStayOut,
  statedWaits,
  isolationBudget,
  foldTwice,
  countsSum,
  calledASuccess,
  recordsOfTable,
  secondMirrorSendsNothing,
  confirmedSinceTrusted,
  nothingLeftOpen,
  nothingBegun,
  planIsWhatIsSent,
  guardSendsNothing,
  nothingPlanted,
  audiencesAtMeta,
  replacedHoldsTheList,
  tooFewStaysOpen,
  erasedStayAway,
  oneOwner,
  countsRemovals,
];
