/** One exchange with Meta: what happens to it on its way, and when. */
import type { Answer } from "../../../src/graph/answer.js";
import type { Usage } from "../../../src/graph/usage.js";
import type { Meta, Verdict } from "../meta/meta.js";
import type { Emit, Exchange } from "../moments.js";
import type { Chance } from "../time/chance.js";
import type { VirtualTime } from "../time/virtual-time.js";
import { noAnswer } from "./answers.js";
import { FAULT_ANSWERS } from "./fault-answers.js";
import { FAULTS, faultsOf, type FaultName } from "./faults.js";

/** Where exchanges happen. */
export interface Network {
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly meta: Meta;
  /** What a client waits for an answer, in ms. */
  readonly timeoutMs: number;
  readonly emit: Emit;
  /** The share of calls that meet a fault: of those with records, and of those about audiences. */
  faultRates: FaultRates;
}

/** Shares of calls that meet a fault. */
export interface FaultRates {
  readonly sends: number;
  readonly others: number;
}

/** A call, and what Meta does when it reads it. */
export interface Call {
  readonly exchange: Exchange;
  /** Does what is asked for. */
  readonly take: () => Taken;
}

/** What came of a call that Meta read. */
export interface Taken {
  readonly verdict?: Verdict;
  /** Meta did all of it, and its answer says so. */
  readonly complete: boolean;
  readonly answer: (usage?: Usage) => Answer;
}

/** Makes the exchange. @param isHeard false once nobody waits for the answer any more */
export function exchangeOver(
  network: Network,
  { exchange, take }: Call,
  isHeard: () => boolean,
): Promise<Answer> {
  const { time, emit } = network;
  const fault = drawFault(network, exchange);
  const { doneAfter, answeredAfter } = courseOf(network, fault);
  let taken: Taken | undefined;
  emit({ kind: "left", exchange });
  if (doneAfter !== undefined)
    time.in(doneAfter, () => {
      taken = take();
      emit({ kind: "done", exchange, verdict: taken.verdict });
    });
  return new Promise((resolve) => {
    time.in(answeredAfter, () => {
      if (!isHeard()) return;
      const other = faultAnswer(network, fault, exchange, answeredAfter);
      const answer = other ?? taken?.answer(usageOf(network, fault)) ?? noAnswer("failed");
      const own = other === undefined;
      const refuses = own ? taken?.verdict?.kind : undefined;
      const proves = fault !== undefined && FAULTS[fault].provesNothingDone;
      const heard = {
        exchange,
        fault,
        complete: own && taken?.complete === true,
        provesNothingDone: refuses === "refused" || refuses === "closed" || proves,
        refusesRecords: refuses === "refused",
        statedUntil: statedUntil(answer, time.clock()),
      };
      emit({ kind: "answered", heard });
      resolve(answer);
    });
  });
}

function drawFault({ chance, faultRates }: Network, exchange: Exchange): FaultName | undefined {
  if (!chance.happens(rateOf(exchange, faultRates))) return undefined;
  const single = exchange.sent?.request.items.length === 1;
  const fitting = faultsOf(exchange.call).filter(([name]) => !(single && name === "too_large"));
  return chance.weighted(fitting);
}

/** What seldom comes about meets faults the more often. */
function rateOf({ sent, sort }: Exchange, { sends, others }: FaultRates): number {
  if (sent === undefined) return others;
  return sort === "halved" && sends > 0 ? 0.7 : sends;
}

/** When Meta does what it is asked for, if it does, and when the answer comes; from the start, in ms. */
interface Course {
  readonly doneAfter: number | undefined;
  readonly answeredAfter: number;
}

function courseOf({ chance, timeoutMs }: Network, fault: FaultName | undefined): Course {
  const effect = fault === undefined ? "done" : FAULTS[fault].effect;
  const there = chance.between(5, fault === "slow" ? timeoutMs / 3 : 300);
  const back = chance.between(5, fault === "slow" ? timeoutMs / 3 : 300);
  if (effect === "done_late") {
    const answeredAfter = chance.between(10, timeoutMs / 2);
    return { doneAfter: chance.between(answeredAfter + 1, timeoutMs - 1_000), answeredAfter };
  }
  const doneAfter = effect === "done" ? there : undefined;
  if (fault?.startsWith("lost") !== true) return { doneAfter, answeredAfter: there + back };
  const waited = chance.happens(0.5) ? timeoutMs : chance.between(1_000, timeoutMs / 2);
  return { doneAfter, answeredAfter: waited };
}

/** What comes in the place of Meta's own answer. */
function faultAnswer(
  { chance, timeoutMs }: Network,
  fault: FaultName | undefined,
  { sent }: Exchange,
  answeredAfter: number,
): Answer | undefined {
  if (answeredAfter >= timeoutMs) return noAnswer("timeout");
  if (fault === undefined || fault === "slow") return undefined;
  if (fault === "nearly_used_up" || fault === "used_up") return undefined;
  return FAULT_ANSWERS[fault](chance, sent?.request);
}

function usageOf({ chance }: Network, fault: FaultName | undefined): Usage | undefined {
  if (fault === "nearly_used_up")
    return { isStated: true, worstPercent: chance.between(76, 99), regainMs: 0, resetMs: 0 };
  if (fault !== "used_up") return undefined;
  return {
    isStated: true,
    worstPercent: 100,
    regainMs: chance.between(1, 40) * 60_000,
    resetMs: 0,
  };
}

function statedUntil(answer: Answer, now: number): number | undefined {
  if (!("usage" in answer)) return undefined;
  const { regainMs } = answer.usage;
  return regainMs > 0 ? now + regainMs : undefined;
}
