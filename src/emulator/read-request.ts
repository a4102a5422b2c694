import type { IncomingMessage } from "node:http";

/** A request as the emulator takes it; `undefined` when its body is above the limit in bytes. */
export async function readRequest(
  incoming: IncomingMessage,
  limit: number,
): Promise<Request | undefined> {
  const body = await readAll(incoming, limit);
  if (body === undefined) return undefined;
  const method = incoming.method ?? "GET";
  return new Request(
    new URL(incoming.url ?? "/", `http://${incoming.headers.host ?? "localhost"}`),
    {
      method,
      headers: headersOf(incoming),
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
