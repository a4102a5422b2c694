/** Why there was no answer. Only after `never_connected` is it sure that Meta got nothing. */
export type LostReason = "never_connected" | "timeout" | "reset" | "failed";

/** What a transport threw, in the terms that matter for delivery. */
export interface LostAnswer {
  readonly reason: LostReason;
  /** The messages of the error and its causes; may quote anything, so redact it. */
  readonly detail: string;
}

/** Reads an error that a transport threw: the innermost cause that tells something decides. */
export function readLostAnswer(error: unknown): LostAnswer {
  const causes = causesOf(error);
  const reason = causes.map(reasonOf).findLast((one) => one !== undefined) ?? "failed";
  const messages = new Set(causes.map(({ message }) => message).filter((text) => text !== ""));
  return { reason, detail: [...messages].join(": ") };
}

/** Errors of one failed exchange are never nested deeper, unless one is its own cause. */
const MAX_CAUSES = 8;

function causesOf(error: unknown): readonly Error[] {
  const causes: Error[] = [];
  let cause = error;
  while (cause instanceof Error && causes.length < MAX_CAUSES) {
    causes.push(cause);
    cause = cause.cause;
  }
  return causes;
}

function reasonOf(error: Error): LostReason | undefined {
  if (error.name === "TimeoutError") return "timeout";
  const code = textOf(error, "code");
  // The system call tells a connection that timed out from an answer that did.
  if (BEFORE_SENDING.has(textOf(error, "syscall"))) return "never_connected";
  return REASONS.find(({ pattern }) => pattern.test(code))?.reason;
}

function textOf(error: Error, name: "code" | "syscall"): string {
  const value: unknown = Object.getOwnPropertyDescriptor(error, name)?.value;
  return typeof value === "string" ? value : "";
}

const BEFORE_SENDING: ReadonlySet<string> = new Set(["connect", "getaddrinfo"]);

/** Codes of Node, of its TLS, and of undici, which is what `fetch` is made of. */
const REASONS: readonly { readonly pattern: RegExp; readonly reason: LostReason }[] = [
  {
    pattern:
      /^(?:ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/,
    reason: "never_connected",
  },
  {
    pattern: /^(?:CERT_|ERR_TLS_CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_)/,
    reason: "never_connected",
  },
  { pattern: /^(?:ETIMEDOUT|UND_ERR_(?:HEADERS|BODY)_TIMEOUT)$/, reason: "timeout" },
  { pattern: /^(?:ECONNRESET|EPIPE|ECONNABORTED|UND_ERR_SOCKET)$/, reason: "reset" },
];
