import type { IncomingMessage, ServerResponse } from "node:http";

/**
 * A request as the emulator takes it, aborted once its sender is gone; `undefined` when its body is
 * above the limit in bytes.
 */
export async function readRequest(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  limit: number,
): Promise<Request | undefined> {
  const gone = new AbortController();
  outgoing.once("close", () => gone.abort());
  const body = await readAll(incoming, limit);
  if (body === undefined) return undefined;
  const method = incoming.method ?? "GET";
  return new Request(
    new URL(incoming.url ?? "/", `http://${incoming.headers.host ?? "localhost"}`),
    {
      method,
      headers: headersOf(incoming),
      signal: gone.signal,
      ...(method === "GET" || method === "HEAD" ? {} : { body }),
    },
  );
}

/** Reads to the end even when there is too much, so that the sender gets to read the answer. */
async function readAll(incoming: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  const stream: AsyncIterable<Buffer> = incoming;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > limit) chunks.length = 0;
    else chunks.push(chunk);
  }
  return size > limit ? undefined : Buffer.concat(chunks);
}

function headersOf(incoming: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, values] of Object.entries(incoming.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  return headers;
}
