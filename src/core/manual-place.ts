/**
 * Where the manual says more about a code: `docs/errors.md#storein_use`. A check has a page of its own.
 */
export function manualPlaceOf(code: string): string {
  return code.startsWith("check.")
    ? `docs/checks/${code.slice("check.".length)}.md`
    : `docs/errors.md#${anchorOf(code)}`;
}

/** The anchor of a heading, as the places where manuals are read make one. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_ -]/gu, "")
    .replaceAll(" ", "-");
}
