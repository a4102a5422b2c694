/** The mistakes that the simulation has to find. */
import {
  believesAny2xx,
  forgetsARecord,
  looksForNothing,
  readsNoWaits,
  sleepsNever,
} from "./client-bugs.js";
import { countsFromTheLastSending, foldsInTwoSteps, forgetsUnanswered } from "./event-bugs.js";
import { forgetsTooEarly, looksBehindTheHorizon } from "./horizon-bugs.js";
import {
  forgetsEarlierAttempts,
  losesRejects,
  neverRests,
  sendsUnwritten,
  settlesBeforeTheAnswer,
  skipsUnconfirmed,
  storesNoItems,
} from "./ledger-bugs.js";
import type { PlantedBug } from "./planted-bug.js";

export const PLANTED_BUGS: readonly PlantedBug[] = [
  settlesBeforeTheAnswer,
  forgetsARecord,
  readsNoWaits,
  sleepsNever,
  countsFromTheLastSending,
  foldsInTwoSteps,
  believesAny2xx,
  sendsUnwritten,
  storesNoItems,
  forgetsUnanswered,
  forgetsEarlierAttempts,
  losesRejects,
  skipsUnconfirmed,
  neverRests,
  looksForNothing,
  forgetsTooEarly,
  looksBehindTheHorizon,
];
