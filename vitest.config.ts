import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const EVERY_BRANCH = { branches: 100 };
const FIVE_MINUTES_MS = 5 * 60_000;

/** What takes minutes, the longest first: it begins at once, so that nothing waits for it at the end. */
const LONG = [
  "codegen/api-version-bump",
  "simulation/mirrors/duckdb",
  "e2e/million-records",
  "store/contract",
  "simulation/",
];

/**
 * What shares its process with nothing: what puts another module into the place of the product's or loads
 * it anew, what measures its process, and what runs so long that loading the product anew does not count.
 */
const ALONE = [
  "test/{bench,crash,e2e,examples,repository,simulation,store}/**/*.test.ts",
  "test/codegen/{api-version-bump,docs-mappings}.test.ts",
  "test/{core/digest-memory,destination/plans-once}.test.ts",
  "test/{mapping,surfaces}/fuzz.test.ts",
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const found = LONG.findIndex((name) => moduleId.includes(`test/${name}`));
      return found === -1 ? LONG.length : found;
    };
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}

export default defineConfig({
  test: {
    projects: [
      { extends: true, test: { name: "alone", include: ALONE } },
      // To load the product again for each file would take as long as their tests.
      {
        extends: true,
        test: {
          name: "together",
          include: ["test/**/*.test.ts"],
          exclude: [...ALONE, "test/sandbox/**", "**/node_modules/**"],
          isolate: false,
        },
      },
    ],
    setupFiles: ["test/setup.ts"],
    // Every core works; by itself vitest leaves one free, which is half of a machine with two.
    maxWorkers: "100%",
    sequence: { sequencer: LongestFirst },
    // To end what hangs; how long a test may take is not what these tests are about.
    testTimeout: FIVE_MINUTES_MS,
    hookTimeout: FIVE_MINUTES_MS,
    reporters: ["default", ...resultFile()],
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts"],
      exclude: ["src/generated/**"],
      reporter: ["text-summary", "html", "json-summary"],
      thresholds: {
        "src/mapping/**": EVERY_BRANCH,
        "src/surfaces/**": EVERY_BRANCH,
        "src/planning/**": EVERY_BRANCH,
        "src/graph/classification.ts": EVERY_BRANCH,
      },
    },
  },
});

/**
 * Where `.ci/run` wants the machine-readable result. The variable is taken away again, so that a
 * test which runs this suite in a copy of the tree does not write over its parent's file.
 */
function resultFile(): ["json", { outputFile: string }][] {
  const outputFile = process.env["RETL_META_TEST_RESULT"];
  delete process.env["RETL_META_TEST_RESULT"];
  return outputFile === undefined ? [] : [["json", { outputFile }]];
}
