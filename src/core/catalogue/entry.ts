/** What the catalogue says of a code that a person may meet. */

/** How a command ends. */
export const EXIT = {
  ok: 0,
  /** Finished, with rejections or failures. */
  findings: 1,
  /** Bad input or configuration, or a source that failed. */
  badInput: 2,
  /** Token, permission, terms or a dead API version stand in the way. */
  blocked: 3,
  /** Ctrl-C, as shells count it. */
  interrupted: 130,
} as const;

/** A code in general; the message of one case has its names and places, and may know more. */
export interface Entry {
  /** What is so, in sentences. */
  readonly cause: string;
  /** What to do about it, in sentences. */
  readonly remedy: string;
  /** What a command gives that ends with it; a single rejected record is a finding. */
  readonly exit: (typeof EXIT)[keyof typeof EXIT];
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
