import { defineConfig } from "vitest/config";

/** Tests of `src/api` and `src/domain` that `npm run mutation` runs against each mutant. */
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
