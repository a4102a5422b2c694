/**
 * Microseconds since 1970 as RFC 3339 text, with as many decimals as there are.
 *
 * @param zone what follows the time: `Z`, or nothing for a wall clock
 * @returns `undefined` for times that are far from ours (before 1684, after 2255, infinity)
 */
export function timestampText(micros: bigint, zone: "" | "Z"): string | undefined {
  const number = Number(micros);
  if (!Number.isSafeInteger(number)) return undefined;
  const ms = Math.floor(number / 1000);
  const fraction = decimals(number - Math.floor(ms / 1000) * 1_000_000);
  const seconds = new Date(ms).toISOString().slice(0, 19);
  return `${seconds}${fraction}${zone}`;
}

function decimals(micros: number): string {
  return micros === 0 ? "" : `.${String(micros).padStart(6, "0").replace(/0+$/, "")}`;
}
