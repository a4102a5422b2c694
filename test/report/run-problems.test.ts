import { expect, it } from "vitest";
import { runProblems } from "../../src/report/run-problems.js";
import { runResult } from "./logged.js";

const UNREACHED = { code: "meta.transport", summary: "Meta could not be reached." } as const;
const UNREADABLE = { code: "meta.unreadable", summary: "Meta did not answer in time." } as const;

it("tells what went wrong alike once, with every target by its name, and what to run next", () => {
  const of = (target: string, count: number) => ({ target, count, evidence: undefined });
  const failures = [
    { ...UNREACHED, ...of("VIP", 5) },
    { ...UNREADABLE, ...of("Win-back", 2) },
    ...["EU", "US", "DE"].map((target) => ({ ...UNREACHED, ...of(target, 1) })),
  ];
  expect(runProblems(runResult({}, { failures }))).toEqual([
    "VIP, EU, US, DE: Meta could not be reached. (meta.transport)",
    "Win-back: Meta did not answer in time. (meta.unreadable) (2 times)",
    "`retl-meta doctor`, with the same sync file or `--binding`, says what of Meta can be reached from here.",
  ]);
});
