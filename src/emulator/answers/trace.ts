import { createHash } from "node:crypto";

/** Trace ids in Meta's form: different for each request, and the same ones in the same order for one instance. */
export function createTraces(instanceId: string): () => string {
  let requests = 0;
  return () => {
    requests += 1;
    const digest = createHash("sha256").update(`${instanceId}:${String(requests)}`);
    return `A${digest.digest("base64url").slice(0, 22)}`;
  };
}
