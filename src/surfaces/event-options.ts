import type { LatenessOptions } from "./event-lateness.js";
import type { EventRoutes } from "./event-route.js";
import type { PersonalDataPolicy } from "./personal-data.js";

/** What events need to know beside their mapping. */
export interface EventOptions extends LatenessOptions, EventRoutes {
  readonly onPersonalData: PersonalDataPolicy;
}
