/** The TypeScript of the library's guide has the right types, and does what it states, block after block. */
import { afterAll, describe, expect, it } from "vitest";
import { blocksOf, fileOf, readText } from "./document.js";
import { Project } from "./programs.js";

const BLOCKS = blocksOf(readText("docs/library.md")).filter(({ info }) => /^ts\b/.test(info));
const MODULES = BLOCKS.map((block) => {
  const file = fileOf(block);
  const name = file?.replace(/\.ts$/, "") ?? `line-${String(block.line)}`;
  return { name, text: block.text, isRun: file === undefined };
});

/** What a program of the README is given. */
const RECORDS = `const records = [
  { event_name: "Lead", occurred_at: "2026-04-30T11:00:00Z", key: { event_id: "l-1" }, identifiers: [] },
];
`;

describe("the README", () => {
  it("has TypeScript whose types are right", async () => {
    const modules = blocksOf(readText("README.md"))
      .filter(({ info }) => info === "ts")
      .map(({ text, line }) => ({ name: `line-${String(line)}`, text: RECORDS + text }));
    expect(modules).toHaveLength(1);
    const project = await Project.of(modules);
    try {
      expect(project.check()).toEqual([]);
    } finally {
      await project.remove();
    }
  });
});

describe("docs/library.md", async () => {
  const project = await Project.of(MODULES);

  afterAll(() => project.remove());

  it("has TypeScript whose types are right", () => {
    expect(MODULES.length).toBeGreaterThan(4);
    expect(project.check()).toEqual([]);
  });

  it("states what its programs log", async () => {
    const names = MODULES.filter(({ isRun }) => isRun).map(({ name }) => name);
    const ran = await project.run(names, { META_ACCESS_TOKEN: "an-example" });
    const wrong = ran.filter(({ problems }) => problems.length > 0);
    expect(wrong.map(({ name, problems }) => [name, ...problems])).toEqual([]);
  });
});
