/** Why a lane leaves what it does not send. */
import { ALONE_REFUSED_LIMIT } from "./isolation.js";

/** Why a lane stops in which nothing was accepted. */
export const WRONG_MAPPING = `${String(ALONE_REFUSED_LIMIT)} records were refused for themselves and none was accepted, so the mapping is wrong, not they. Look at what Meta says in \`rejects list\`, correct the mapping, and run again; records that change are sent again.`;

/** Why the rest of a request is left. */
export const TOO_MANY_REFUSED =
  "too many records of one request were refused. The rest of it is left for the next run; `rejects list` tells what was wrong.";

/** Why a second round is left. */
export const TOO_MANY_KEPT =
  "removals come too early, and what waits for them is too much to be kept. The next run does it.";
