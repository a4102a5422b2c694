import { OPERATIONS } from "../../generated/constants.js";

/** Operations that the emulator answers: all of the spec's. */
export type ServedOperation = keyof typeof OPERATIONS;

/** The names of all of them. */
export const SERVED_OPERATIONS = Object.keys(OPERATIONS).filter((name) => isOperation(name));

function isOperation(name: string): name is ServedOperation {
  return Object.hasOwn(OPERATIONS, name);
}
