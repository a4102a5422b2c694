import { existsSync } from "node:fs";
import { defineConfig } from "vitest/config";

const ENV_FILE = ".env.meta-sandbox";

if (existsSync(ENV_FILE)) process.loadEnvFile(ENV_FILE);

/** The live tests: they talk to Meta, one after the other, and only when the environment opts in. */
export default defineConfig({
  test: {
    include: ["test/sandbox/**/*.test.ts"],
    fileParallelism: false,
    testTimeout: 120_000,
    reporters: ["verbose"],
  },
});
