/** What the catalogue says of a code that a person may meet. */
import { EXIT, type ExitCode } from "../exit.js";

/** A code in general; the message of one case has its names and places, and may know more. */
export interface Entry {
  /** What is so, in sentences. */
  readonly cause: string;
  /** What to do about it, in sentences. */
  readonly remedy: string;
  /** What a command gives that ends with it; a single rejected record is a finding. */
  readonly exit: ExitCode;
}

/** What is worth knowing and stops nothing. */
export function warning(cause: string, remedy: string): Entry {
  return { cause, remedy, exit: EXIT.ok };
}

/** What a run finishes with. */
export function finding(cause: string, remedy: string): Entry {
  return { cause, remedy, exit: EXIT.findings };
}

/** What keeps a command from its work until a file or an option is mended. */
export function badInput(cause: string, remedy: string): Entry {
  return { cause, remedy, exit: EXIT.badInput };
}

/** What keeps everything from being delivered until somebody puts it in order. */
export function blocked(cause: string, remedy: string): Entry {
  return { cause, remedy, exit: EXIT.blocked };
}
