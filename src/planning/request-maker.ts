import type { Entry } from "../surfaces/entry.js";
import type { Batch } from "./batch.js";
import { planRequest, type RequestContext, type RequestPlan } from "./request-plan.js";
import type { Destination } from "./target.js";

/** A request, the entries that it is made of, and how to make a smaller one of some of them. */
export interface PlannedRequest {
  readonly request: RequestPlan;
  readonly entries: readonly Entry[];
  readonly part: MakePart;
}

/** Makes a request of some of the entries of another; it may be a preliminary one. */
export type MakePart = (entries: readonly Entry[], isPreliminary?: boolean) => RequestPlan;

/** Makes the request of a batch. */
export type MakeRequest = (batch: Batch, destination: Destination) => PlannedRequest;

/** Makes the requests of one run, counted in the order in which they are asked for. */
export function requestMaker(context: RequestContext): MakeRequest {
  let made = 0;
  return (batch, destination) => {
    const index = made;
    made += 1;
    const { entries } = batch;
    const part: MakePart = (some, isPreliminary = false) =>
      planRequest({ ...batch, entries: some, isPreliminary }, index, destination, context);
    return { request: part(entries), entries, part };
  };
}
