/** Events of a run as they are told, with what a test is not about filled in. */
import type { EndedRequest, Exchange, RunEvent } from "../../src/delivery/run-event.js";

const FIGURES = { target: "VIP", operation: "upsert", items: 1 } as const;

/** An exchange that was acknowledged, but for what is said otherwise. */
export function exchange(at: number, parts: Partial<Exchange> = {}): RunEvent {
  const { items = FIGURES.items } = parts;
  return {
    kind: "exchange",
    at,
    ...FIGURES,
    startedAt: at,
    attempt: 1,
    came: "acknowledged",
    batchId: "1-1",
    accepted: items,
    rejected: 0,
    summary: "Meta received 1 row.",
    call: {
      method: "POST",
      template: "/v0.0/{custom_audience_id}/users",
      answer: {
        status: 200,
        code: undefined,
        subcode: undefined,
        fbtraceId: undefined,
        requestId: undefined,
      },
      evidenceCode: undefined,
    },
    ...parts,
  };
}

/** The end of an acknowledged request, but for what is said otherwise. */
export function ended(at: number, parts: Partial<EndedRequest> = {}): RunEvent {
  const { items = FIGURES.items } = parts;
  return {
    kind: "ended",
    at,
    ...FIGURES,
    end: "acknowledged",
    accepted: items,
    rejected: 0,
    ...parts,
  };
}
