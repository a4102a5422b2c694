/** The mappings of the simulation, each as it was first and as somebody corrected it. */
import { readMapping } from "../../../src/mapping/read-mapping.js";
import type { CheckedMapping } from "../../../src/mapping/form.js";

/** A mapping, and the one that makes of every record something that Meta takes. */
export interface MappingPair {
  readonly first: CheckedMapping;
  readonly corrected: CheckedMapping;
}

const EVENTS = `
mapping: 1
surface: events
only_if: payload.consent
event:
  event_name: event_name
  event_id: key.event_id
  event_time: {from: occurred_at, as: unix_seconds}
  action_source: payload.action_source
  user_data:
    em: {identifier: email, normalize: lowercase, hash: sha256}
  custom_data:
    take: payload.take
`;

const AUDIENCES = `
mapping: 1
surface: custom_audiences
only_if: payload.consent
require: {any_of: [EMAIL]}
schema:
  EMAIL: {identifier: email, normalize: lowercase, hash: sha256}
  PHONE: {identifier: phone_e164, normalize: lowercase, hash: sha256}
`;

const WITH_VALUE = `${AUDIENCES}  LOOKALIKE_VALUE: payload.value\n`;

/** For pixels. */
export const EVENT_MAPPINGS = mappingPair(EVENTS, "    corrected: {value: 1}\n");

/** For audiences. */
export const AUDIENCE_MAPPINGS = mappingPair(AUDIENCES, "  COUNTRY: {value: us, hash: sha256}\n");

/** For value-based audiences. */
export const VALUE_MAPPINGS = mappingPair(WITH_VALUE, "  COUNTRY: {value: us, hash: sha256}\n");

/** A mapping, and the same with more lines. */
export function mappingPair(first: string, correction: string): MappingPair {
  return { first: checked(first), corrected: checked(`${first}${correction}`) };
}

function checked(text: string): CheckedMapping {
  const { mapping, diagnostics } = readMapping(text.trimStart(), "simulation.yaml");
  if (mapping === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return mapping;
}
