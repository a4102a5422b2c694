/** What came of reading the body of an answer. */
export type BodyReading =
  | { readonly kind: "whole"; readonly text: string }
  | { readonly kind: "too_large" }
  /** The connection ended before the body did. */
  | { readonly kind: "cut_off" };

/** An honest answer has a few kilobytes; a page of audiences some hundred. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;

/** Reads a body as UTF-8, but no more of it than any answer of Meta's can need. */
export async function readBody(response: Response): Promise<BodyReading> {
  if (response.body === null) return { kind: "whole", text: "" };
  const chunks: AsyncIterable<Uint8Array> = response.body;
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = "";
  try {
    for await (const chunk of chunks) {
      bytes += chunk.byteLength;
      if (bytes > MAX_BODY_BYTES) return { kind: "too_large" };
      text += decoder.decode(chunk, { stream: true });
    }
  } catch {
    return { kind: "cut_off" };
  }
  return { kind: "whole", text: text + decoder.decode() };
}
