import type { JsonPage } from "../../core/json-page.js";

/** Tells whoever wants to know it that a field was written. */
export function noted<T>(
  write: (from: T, page: JsonPage) => boolean,
  tell: (() => void) | undefined,
): (from: T, page: JsonPage) => boolean {
  if (tell === undefined) return write;
  return (from, page) => {
    const written = write(from, page);
    if (written) tell();
    return written;
  };
}
