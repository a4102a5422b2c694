/** The mappings of mirrors, each as it was first and as somebody corrected it. */
import { mappingPair } from "../records/mappings.js";

const PEOPLE = `
mapping: 1
surface: custom_audiences
only_if: payload.consent
rows: separate
schema:
  EMAIL: {identifier: email, normalize: lowercase, hash: sha256}
  PHONE: {identifier: phone_e164, normalize: lowercase, hash: sha256}
  FN: {from: payload.first_name, normalize: lowercase, hash: sha256}
`;

const CORRECTION = "  CT: {value: berlin, hash: sha256}\n";

/** For audiences. */
export const PEOPLE_MAPPINGS = mappingPair(PEOPLE, CORRECTION);

/** For value-based audiences. */
export const PEOPLE_VALUE_MAPPINGS = mappingPair(
  `${PEOPLE}  LOOKALIKE_VALUE: payload.value\n`,
  CORRECTION,
);
