/** What can go wrong with a call, whatever the call is about. */

/** When Meta does what it was asked for: before the answer, never, or after it, within the deadline. */
export type Effect = "done" | "not_done" | "done_late";

/** One way in which a call can go wrong. */
interface FaultKind {
  readonly effect: Effect;
  /** The answer proves that nothing was done. */
  readonly provesNothingDone: boolean;
  /** How often it is chosen among those that fit. */
  readonly weight: number;
  readonly hits: readonly CallKind[];
}

/** Calls, as far as faults tell them apart. */
export type CallKind = "send" | "list" | "create" | "read";

const ALL: readonly CallKind[] = ["send", "list", "create", "read"];
const WRITES: readonly CallKind[] = ["send", "create"];
const SENDS: readonly CallKind[] = ["send"];

const COMMON = { effect: "not_done", provesNothingDone: true, weight: 2, hits: ALL } as const;
const UNPROVEN = { ...COMMON, provesNothingDone: false } as const;
const RARE = { ...COMMON, weight: 1 } as const;

/** Every fault that a call of itself can meet; what Meta finds wrong with records comes on top. */
export const FAULTS = {
  slow: { ...UNPROVEN, effect: "done" },
  never_connected: COMMON,
  lost_before: UNPROVEN,
  lost_after: { ...UNPROVEN, effect: "done", weight: 4, hits: WRITES },
  lost_and_late: { ...UNPROVEN, effect: "done_late", weight: 6, hits: WRITES },
  cut_before: UNPROVEN,
  cut_after: { ...UNPROVEN, effect: "done", weight: 4, hits: WRITES },
  cut_and_late: { ...UNPROVEN, effect: "done_late", hits: WRITES },
  miscounted_before: { ...UNPROVEN, hits: SENDS },
  miscounted_after: { ...UNPROVEN, effect: "done", hits: SENDS },
  transient_before: UNPROVEN,
  transient_after: { ...UNPROVEN, effect: "done", hits: WRITES },
  throttled: COMMON,
  throttled_unstated: COMMON,
  nearly_used_up: { ...UNPROVEN, effect: "done" },
  used_up: { ...UNPROVEN, effect: "done" },
  too_large: { ...COMMON, weight: 9, hits: ["send", "list"] },
  request_before: { ...RARE, provesNothingDone: false },
  request_after: { ...RARE, provesNothingDone: false, effect: "done", hits: WRITES },
  target: { ...RARE, hits: SENDS },
  account: RARE,
  no_token: RARE,
} as const satisfies Readonly<Record<string, FaultKind>>;

/** The name of a fault. */
export type FaultName = keyof typeof FAULTS;

/** All names. */
export const FAULT_NAMES: readonly FaultName[] = Object.keys(FAULTS).filter(isFaultName);

/** The faults that a call can meet, with their weights. */
export function faultsOf(call: CallKind): readonly (readonly [FaultName, number])[] {
  return FAULT_NAMES.flatMap((name) => {
    const fault: FaultKind = FAULTS[name];
    return fault.hits.includes(call) ? [[name, fault.weight] as const] : [];
  });
}

function isFaultName(name: string): name is FaultName {
  return Object.hasOwn(FAULTS, name);
}
