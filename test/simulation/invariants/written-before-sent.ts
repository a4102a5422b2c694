import type { SentBatch } from "../moments.js";
import type { Invariant } from "./invariant.js";

export const writtenBeforeSent: Invariant = {
  number: "2",
  says: "no request leaves before its batch is durably `sending` with its items stored",
  check: () => (moment) =>
    moment.kind === "left" && moment.exchange.sent !== undefined
      ? unwritten(moment.exchange.sent)
      : undefined,
};

function unwritten({ row, request, path }: SentBatch): string | undefined {
  if (row === undefined) return `a request to ${path} left, and no batch of it is \`sending\``;
  if (row.itemCount !== request.items.length)
    return `${row.batchId} left with ${String(request.items.length)} items, written down were ${String(row.itemCount)}`;
  if (request.kind === "users") return undefined;
  const written = row.items.map(({ identity }) => identity).join(", ");
  const sent = request.items.map(({ key }) => key.slice(key.indexOf(" ") + 1)).join(", ");
  return written === sent
    ? undefined
    : `${row.batchId} left with ${sent}, written down were ${written || "none"}`;
}
