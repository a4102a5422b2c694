/** Events that one pixel has, or may have, and that would go to another one by now. */
import { safeName } from "../core/redact.js";
import type { Rerouted } from "../planning/admission.js";

/** Such events of one name and one changed route. */
export interface ReroutedEvents {
  readonly eventName: string;
  /** The pixel that has them, or may have them. */
  readonly sentTo: string;
  /** Whether Meta acknowledged them there; else nobody knows. */
  readonly answered: boolean;
  /** The one that they would go to. */
  readonly routedTo: string;
  count: number;
}

/** How many changed routes a result tells apart: a name may come from the data. */
const MAX_ROUTES = 50;

/** Counts one more. */
export function countRerouted(counted: ReroutedEvents[], event: Rerouted): void {
  const { sentTo, answered, routedTo } = event;
  const eventName = safeName(event.eventName);
  const same = counted.find(
    (one) =>
      one.eventName === eventName &&
      one.sentTo === sentTo &&
      one.answered === answered &&
      one.routedTo === routedTo,
  );
  if (same !== undefined) same.count += 1;
  else if (counted.length < MAX_ROUTES)
    counted.push({ eventName, sentTo, answered, routedTo, count: 1 });
}
