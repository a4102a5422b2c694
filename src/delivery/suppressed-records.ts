import type { Admit, Admitted } from "../planning/admission.js";
import { recordKeys } from "../reconcile/record-keys.js";
import type { RowForms } from "../reconcile/wanted-member.js";
import type { Suppressions } from "../store/suppressions.js";
import type { Rendering } from "../surfaces/entry.js";

/** How records of erased people are known. */
export interface SuppressionOptions extends RowForms {
  readonly suppressions: Pick<Suppressions, "any" | "among">;
}

/** Leaves out what is about erased people, and lets the others be admitted. Whoever is removed may be. */
export function leavingOutSuppressed(admit: Admit, options: SuppressionOptions): Admit {
  return async (renderings) => {
    const suppressed = await suppressedAmong(renderings, options);
    if (suppressed.size === 0) return admit(renderings);
    const others = await admit(renderings.filter((one) => !suppressed.has(one)));
    const admitted = others[Symbol.iterator]();
    return renderings.flatMap((one): readonly Admitted[] => {
      const identity = suppressed.get(one);
      if (identity !== undefined) return [{ kind: "left_out", identity, because: "suppressed" }];
      const next = admitted.next();
      return next.done === true ? [] : [next.value];
    });
  };
}

/** Those about erased people, with their identities. */
async function suppressedAmong(
  renderings: readonly Rendering[],
  { suppressions, ...forms }: SuppressionOptions,
): Promise<ReadonlyMap<Rendering, string>> {
  if (!(await suppressions.any())) return new Map();
  const known = renderings.flatMap((rendering) => {
    const entry = toBeSent(rendering);
    if (entry === undefined) return [];
    return [{ rendering, identity: entry.identity, keys: recordKeys(entry, forms) }];
  });
  const keys = await suppressions.among(known.flatMap((one) => one.keys));
  return new Map(
    known
      .filter((one) => one.keys.some((key) => keys.has(key)))
      .map(({ rendering, identity }) => [rendering, identity]),
  );
}

function toBeSent(rendering: Rendering) {
  if (rendering.kind !== "entry" && rendering.kind !== "too_late") return undefined;
  return rendering.entry.operation === "remove" ? undefined : rendering.entry;
}
