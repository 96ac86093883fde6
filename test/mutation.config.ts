import { defineConfig } from "vitest/config";

/** The tests that say what `src/api` and `src/domain` do: what `npm run mutation` runs against each change to them. */
export default defineConfig({
  test: {
    testTimeout: 120_000,
    include: [
      "test/{api,domain,contract,queries,components}/**/*.test.ts",
      "test/drill/{token,retry,decoder,links,hostileTime,networkLimits,networkResponses}.drill.ts",
    ],
    environment: "node",
  },
});
