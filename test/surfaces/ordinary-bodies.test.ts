/** Whole bodies of rows that are written straight away, next to those of rows that are rendered. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanJson } from "../../src/core/json.js";
import type { JsonPage } from "../../src/core/json-page.js";
import type { Surface } from "../../src/core/outcome.js";
import { compile } from "../../src/mapping/compile.js";
import { readMapping } from "../../src/mapping/read-mapping.js";
import { RECORD_SHAPE } from "../../src/mapping/record-shape.js";
import { emptyTally } from "../../src/mapping/scope.js";
import { admitAll } from "../../src/planning/admission.js";
import { planRequests, type Planned } from "../../src/planning/planner.js";
import type { PlannedRequest } from "../../src/planning/request-maker.js";
import { audienceRenderer } from "../../src/surfaces/custom-audiences.js";
import { eventRenderer } from "../../src/surfaces/events.js";
import { ordinaryEvents } from "../../src/surfaces/ordinary-events.js";
import { ordinaryRows } from "../../src/surfaces/ordinary-rows.js";
import { decodeRecord, recordRows } from "../../src/surfaces/record-rows.js";
import { pageOf } from "../core/written-rows.js";
import { OPTIONS } from "./both-ways.js";

/** So many rows make a request, and a page holds a few more: it is used again while others wait. */
const MAX_ITEMS = 5;
const PAGE_BYTES = 4_000;

const word = fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom("ä".repeat(9), "a@b.test"));
const identifiers = fc.uniqueArray(
  fc.record({ type: fc.constantFrom("email", "phone_e164", "external_id"), value: word }),
  { selector: ({ type }) => type },
);
const people = fc.array(
  fc.record({
    operation: fc.constantFrom("upsert", "upsert", "upsert", "remove"),
    target: fc.constantFrom("VIP", "Lapsed"),
    key: fc.record({ id: fc.nat() }),
    identifiers,
  }),
  { maxLength: 60 },
);
const conversions = fc.array(
  fc.record({
    event_name: fc.constantFrom("Lead", "Subscribe"),
    occurred_at: fc.constant("2026-04-30T12:00:00Z"),
    key: fc.record({ id: fc.nat() }),
    identifiers,
    payload: fc.dictionary(fc.constantFrom("value", "fbp", "mine", "other"), word),
  }),
  { maxLength: 60 },
);

/** Plans records; without a page all of them are rendered. */
function planned(
  name: Surface,
  records: readonly unknown[],
  page?: JsonPage,
): AsyncGenerator<Planned> {
  const text = readFileSync(new URL(`../../mappings/${name}.yaml`, import.meta.url), "utf8");
  const { mapping } = readMapping(text, `${name}.yaml`);
  if (mapping === undefined) throw new Error("a shipped mapping is broken");
  const config = new Map([["action_source", "website"]]);
  const compiled = compile(mapping, RECORD_SHAPE, config);
  const tally = emptyTally();
  const rows = recordRows(compiled.identifierTypes, tally);
  const render =
    compiled.surface === "events"
      ? eventRenderer(
          rows,
          compiled,
          OPTIONS,
          tally,
          page && ordinaryEvents(compiled, page)(OPTIONS),
        )
      : audienceRenderer(rows, compiled, tally, page && ordinaryRows(compiled, page)());
  const batch = records.map((record, at) => decodeRecord(name, cleanJson(record), at + 1));
  return planRequests(once({ batch, rows: batch.length }), {
    render,
    resolve: (target) => Promise.resolve({ kind: "resolved", id: target, status: "mapped" }),
    admit: admitAll,
    stopped: () => false,
    limits: { maxItems: MAX_ITEMS, maxBytes: undefined, bytesOf: () => 0 },
    context: {
      apiVersion: "v1",
      request: compiled.request,
      columns: mapping.surface === "events" ? [] : mapping.columns.map((column) => column.name),
    },
  });
}

async function* once<T>(value: T): AsyncGenerator<T> {
  yield await Promise.resolve(value);
}

/** What a run gave: requests, and of anything else its kind. */
type Made = (PlannedRequest | string)[];

/** Takes one more of a run; false at its end. */
async function step(run: AsyncGenerator<Planned>, made: Made): Promise<boolean> {
  const { value, done } = await run.next();
  if (done === true) return false;
  made.push(value.kind === "request" ? value.planned : value.kind);
  return true;
}

/** Runs in turns, and each to its end. */
async function inTurns(
  runs: readonly AsyncGenerator<Planned>[],
  turns: readonly number[],
): Promise<readonly Made[]> {
  const made: Made[] = runs.map(() => []);
  for (const turn of turns) await step(runs[turn] ?? nothing(), made[turn] ?? []);
  for (const [at, run] of runs.entries()) while (await step(run, made[at] ?? []));
  return made;
}

async function* nothing(): AsyncGenerator<never> {
  // A run that is over.
}

function bodiesOf(made: readonly Made[]): readonly (readonly string[])[] {
  return made.map((all) =>
    all.map((one) => (typeof one === "string" ? one : one.request.bodyText)),
  );
}

function madeAgain(made: readonly Made[]): readonly (readonly string[])[] {
  return made.map((all) =>
    all.map((one) => (typeof one === "string" ? one : one.part(one.entries).bodyText)),
  );
}

describe("the bodies of two runs on one page, in turns", () => {
  it("are those of rendered rows, also where they are made again of the same rows", async () => {
    const turns = fc.array(fc.nat(1), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(people, conversions, turns, async (state, events, order) => {
        const page = pageOf(PAGE_BYTES);
        const rendered = [planned("custom_audiences", state), planned("events", events)];
        const written = [planned("custom_audiences", state, page), planned("events", events, page)];
        const expected = bodiesOf(await inTurns(rendered, []));
        const made = await inTurns(written, order);
        expect(madeAgain(made)).toEqual(expected);
        expect(bodiesOf(made)).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  });
});
