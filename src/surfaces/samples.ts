/** Looks now and then whether what is written straight away is what rendering gives. */
import { textOf } from "../core/written.js";
import type { Entry, Rendering } from "./entry.js";

/** So many ordinary rows there are to one that is rendered as well. */
const ONE_IN = 1_000;

/** Tells which of the ordinary rows of a run are rendered as well: the first, and every thousandth from there on. */
export function sampler(): () => boolean {
  let seen = 0;
  return () => {
    seen += 1;
    return seen % ONE_IN === 1;
  };
}

/**
 * Holds an ordinary entry against the rendering of the same row, which was held against the spec. What
 * differs is a fault of this package, and ends the run before anything of it is sent.
 */
export function holdAgainst(rendering: Rendering, entry: Entry): void {
  if (rendering.kind === "entry" && isSame(entry, rendering.entry)) return;
  throw new Error("a row was written otherwise than it is rendered; please report this fault");
}

function isSame(entry: Entry, other: Entry): boolean {
  return (
    entry.target === other.target &&
    entry.operation === other.operation &&
    contentOf(entry) === contentOf(other)
  );
}

function contentOf(entry: Entry): string {
  return entry.surface === "events"
    ? textOf(entry.json)
    : JSON.stringify([entry.columns, entry.rows]);
}
