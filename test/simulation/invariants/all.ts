/** Every invariant of delivery.md that holds before reconciliation, and the state at the end. */
import { acknowledgedIsThere } from "./acknowledged-is-there.js";
import { ageAtSending } from "./age-at-sending.js";
import { behindHorizon } from "./behind-horizon.js";
import { carriedOutInOrder } from "./carried-out-in-order.js";
import { countsAsSettled, countsSum } from "./counts-sum.js";
import { crashCostsOneRepeat } from "./crash-costs-one-repeat.js";
import { eventsAtMeta } from "./events-at-meta.js";
import { foldTwice } from "./fold-twice.js";
import type { Invariant, ScheduleFacts } from "./invariant.js";
import { isolationBudget } from "./isolation-budget.js";
import { noNeedlessRepeat } from "./no-needless-repeat.js";
import { nothingLeftOpen } from "./nothing-left-open.js";
import { nothingPlanted } from "./nothing-planted.js";
import { oneBatchPerEvent } from "./one-batch-per-event.js";
import { oneAudiencePerName } from "./one-audience-per-name.js";
import { oneOpenRequest } from "./one-open-request.js";
import { orderOfRecords } from "./order-of-records.js";
import { peopleAtMeta } from "./people-at-meta.js";
import { planIsWhatIsSent } from "./plan-is-what-is-sent.js";
import { rejectsStayOut } from "./rejects-stay-out.js";
import { secondRunSendsNothing } from "./second-run-sends-nothing.js";
import { settledByAllAttempts } from "./settled-by-all-attempts.js";
import { statedWaits } from "./stated-waits.js";
import { successNeedsAnAnswer } from "./success-needs-an-answer.js";
import { unansweredIsKept } from "./unanswered-is-kept.js";
import { writtenBeforeSent } from "./written-before-sent.js";

export const INVARIANTS: readonly Invariant<ScheduleFacts>[] = [
  acknowledgedIsThere,
  writtenBeforeSent,
  successNeedsAnAnswer,
  unansweredIsKept,
  settledByAllAttempts,
  oneOpenRequest,
  orderOfRecords,
  carriedOutInOrder,
  oneAudiencePerName,
  noNeedlessRepeat,
  oneBatchPerEvent,
  ageAtSending,
  behindHorizon,
  rejectsStayOut,
  statedWaits,
  isolationBudget,
  foldTwice,
  crashCostsOneRepeat,
  countsSum,
  countsAsSettled,
  secondRunSendsNothing,
  nothingLeftOpen,
  planIsWhatIsSent,
  nothingPlanted,
  eventsAtMeta,
  peopleAtMeta,
];
