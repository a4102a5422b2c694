import type { WaitReason } from "../delivery/delivered.js";

/** Why requests to an audience or pixel wait: what stands behind "it waits:". */
export const WAIT_REASONS: Readonly<Record<WaitReason, string>> = {
  throttled: "Meta's rate limit for it is used up",
  paced: "Meta's rate limit for it is nearly used up, so requests come slower",
  retry: "its last request failed and is tried again",
  lost_answer: "the answer to its last request was lost, and that request may still arrive",
};
