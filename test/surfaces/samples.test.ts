import { describe, expect, it } from "vitest";
import { writtenText } from "../../src/core/written.js";
import type { AudienceEntry, EventEntry } from "../../src/surfaces/entry.js";
import { eventEntry, writtenEvent } from "../../src/surfaces/event-entry.js";
import { holdAgainst, sampler } from "../../src/surfaces/samples.js";

const EVENT = eventEntry("e", "456", { event_name: "Lead" });
const ROW: AudienceEntry = {
  surface: "custom_audiences",
  identity: "c",
  operation: "upsert",
  target: "VIP",
  member: undefined,
  items: 1,
  columns: [0],
  rows: [["a", undefined]],
};

describe("samples of ordinary rows", () => {
  it("are the first row and every thousandth from there on", () => {
    const isSample = sampler();
    const sampled = Array.from({ length: 2_500 }, (_, row) => (isSample() ? [row] : [])).flat();
    expect(sampled).toEqual([0, 1_000, 2_000]);
  });

  it("pass when the row is written as it is rendered", () => {
    const json = writtenText('{"event_name":"Lead"}');
    const written: EventEntry = writtenEvent("e", "456", json, EVENT.head);
    expect(() => {
      holdAgainst({ kind: "entry", entry: EVENT }, written);
      holdAgainst({ kind: "entry", entry: ROW }, { ...ROW, json: writtenText('["a"]') });
    }).not.toThrow();
  });

  it.each([
    ["other content", writtenEvent("e", "456", writtenText("{}"), EVENT.head)],
    ["another pixel", writtenEvent("e", "457", EVENT.json, EVENT.head)],
    ["another surface", ROW],
  ])("end the run on %s", (_, written) => {
    expect(() => {
      holdAgainst({ kind: "entry", entry: EVENT }, written);
    }).toThrow("a row was written otherwise than it is rendered");
  });

  it.each([
    ["another operation", { ...ROW, operation: "remove" } as const],
    ["other cells", { ...ROW, rows: [["b", undefined]] }],
    ["other columns", { ...ROW, columns: [1] }],
  ])("end the run on %s of an audience", (_, written) => {
    expect(() => {
      holdAgainst({ kind: "entry", entry: ROW }, written);
    }).toThrow("a row was written otherwise than it is rendered");
  });

  it("end the run when the row would have been withheld", () => {
    expect(() => {
      holdAgainst({ kind: "withheld", identity: "e" }, EVENT);
    }).toThrow("a row was written otherwise than it is rendered");
  });
});
