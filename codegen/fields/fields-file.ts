import type { Sources } from "../sources.js";
import { requestFields } from "./request-fields.js";

/** `src/generated/fields.ts`: the tree of fields that the mapping compiler walks. */
export function fieldsFile({ graph, fieldTypes }: Sources): string {
  const { event, eventsRequest, columns, usersPayload } = requestFields(graph);
  return `${fieldTypes}
/** One event. */
export const EVENT: ObjectField = ${JSON.stringify(event)};

/** The body of a request around its events. */
export const EVENTS_REQUEST: ObjectField = ${JSON.stringify(eventsRequest)};

/** The columns of an audience upload, by name. */
export const COLUMNS: Readonly<Record<string, Column>> = ${JSON.stringify(columns)};

/** What stands beside the columns and rows of an audience upload. */
export const USERS_PAYLOAD: ObjectField = ${JSON.stringify(usersPayload)};
`;
}
