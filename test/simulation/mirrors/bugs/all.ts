/** The mistakes in mirrors that the simulation has to find. */
import {
  believesTooFew,
  confirmsTheUnknown,
  confirmsTooEarly,
  dropsTheUnknown,
  holdsNoUnknown,
} from "./answer-bugs.js";
import {
  addsFirst,
  forgetsWhatStays,
  keepsTheRejected,
  removesWhatOthersHave,
  repeatsNobody,
  withdrawsNothing,
} from "./difference-bugs.js";
import { countsTooManyHeld, forgetsTheErased, hidesOwners } from "./keeping-bugs.js";
import type { MirrorBug } from "./mirror-bug.js";

export const MIRROR_BUGS: readonly MirrorBug[] = [
  addsFirst,
  holdsNoUnknown,
  withdrawsNothing,
  forgetsWhatStays,
  removesWhatOthersHave,
  repeatsNobody,
  keepsTheRejected,
  confirmsTheUnknown,
  dropsTheUnknown,
  believesTooFew,
  confirmsTooEarly,
  forgetsTheErased,
  hidesOwners,
  countsTooManyHeld,
];
