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

/** One of {@link EXIT}. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
