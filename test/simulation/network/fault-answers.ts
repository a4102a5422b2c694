/** How each fault answers. */
import type { Answer } from "../../../src/graph/answer.js";
import type { Chance } from "../time/chance.js";
import { graphError, miscount, noAnswer, noToken, unreadable } from "./answers.js";
import type { WireRequest } from "../meta/wire.js";
import type { FaultName } from "./faults.js";

const MINUTE = 60_000;

/** Faults that change Meta's own answer, or when it comes, and do not stand in its place. */
export type OwnAnswer = "slow" | "nearly_used_up" | "used_up";

type AnswerOf = (chance: Chance, request: WireRequest | undefined) => Answer;

const cut: AnswerOf = (chance) =>
  chance.pick([
    () => unreadable("cut_off", 200),
    () => unreadable("not_json", 502),
    () => unreadable("not_json", 200),
    () => unreadable("empty", 200),
    () => unreadable("error_without_code", 500),
    () => unreadable("no_error", 503),
    () => unreadable("redirect", 302),
  ])();

const miscounted: AnswerOf = (_, request) => {
  if (request === undefined) throw new TypeError("only a request with records is counted");
  return miscount(request);
};

const transient: AnswerOf = (chance) =>
  graphError(
    chance.pick([
      { code: 1, message: "An unknown error occurred" },
      { code: 2 },
      { code: -3 },
      { code: 5_000 },
      { code: 424_242, transient: true },
      { code: 100, transient: true },
    ]),
  );

const throttled: AnswerOf = (chance) => {
  const wait = chance.weighted([
    [chance.between(1, 30), 12],
    [chance.between(60, 600), 4],
    // Once in a while the wait alone is longer than the time in which Meta drops repeats.
    [chance.between(1_200, 3_000), 1],
  ]);
  const usage = { isStated: true, worstPercent: 100, regainMs: wait * MINUTE, resetMs: 0 };
  return graphError({ code: chance.pick([4, 17, 32, 613, 80_003, 80_004]), usage });
};

const tooLarge: AnswerOf = (chance) =>
  chance.pick([
    () => unreadable("not_json", 413),
    () => graphError({ code: 1, message: "Please reduce the amount of data you're asking for" }),
  ])();

const requestFault: AnswerOf = (chance) => graphError({ code: chance.pick([105, 2_500, 987_654]) });

const target: AnswerOf = (chance) =>
  graphError(chance.pick([{ code: 2_650 }, { code: 100, subcode: 33 }]));

const account: AnswerOf = (chance) =>
  graphError(chance.pick([{ code: 190, subcode: 463 }, { code: 10 }, { code: 200 }]));

const lost: AnswerOf = (chance) => noAnswer(chance.pick(["reset", "failed"]));

/** What comes back. */
export const FAULT_ANSWERS: Readonly<Record<Exclude<FaultName, OwnAnswer>, AnswerOf>> = {
  never_connected: () => noAnswer("never_connected"),
  lost_before: lost,
  lost_after: lost,
  lost_and_late: lost,
  cut_before: cut,
  cut_after: cut,
  cut_and_late: cut,
  miscounted_before: miscounted,
  miscounted_after: miscounted,
  transient_before: transient,
  transient_after: transient,
  throttled,
  throttled_unstated: () => graphError({ code: 17 }),
  too_large: tooLarge,
  request_before: requestFault,
  request_after: requestFault,
  target,
  account,
  no_token: noToken,
};
