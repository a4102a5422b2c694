import type { Outcome } from "../core/outcome.js";
import { mayBeApplied } from "../graph/class-effects.js";
import type { SettledState } from "../store/ledger.js";

/**
 * What all attempts of a request together prove. An answer that proves something ends the attempts,
 * so only the last one can; but once Meta may hold it, no later refusal takes that back.
 */
export function ledgerState(attempts: readonly Outcome[]): Exclude<SettledState, "split"> {
  const last = attempts.at(-1);
  if (last?.kind === "succeeded" || last?.kind === "partially_succeeded") return last.kind;
  if (attempts.some(mayBeApplied)) return "unknown";
  return last?.kind === "rejected" ? "rejected" : "failed";
}
