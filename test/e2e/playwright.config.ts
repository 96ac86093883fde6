import { defineConfig } from "playwright/test";

import { launchOptions } from "../scripts/chromium.mjs";

/** First of three ports. E2E_PORT changes it when other tests run on the machine. */
const firstPort = Number(process.env["E2E_PORT"] ?? 4180);
const page = `http://127.0.0.1:${firstPort}`;
const secret = "e2e-secret";
const sandboxes = [
  { dialect: "spec", port: firstPort + 1 },
  { dialect: "observed", port: firstPort + 2 },
];

export default defineConfig({
  testDir: ".",
  testMatch: "*.e2e.ts",
  outputDir: "../../.out/e2e",
  workers: 1,
  timeout: 60_000,
  reporter: [["list"], ["json"]],
  // Time zone and language differ from the clinic's, which is in Sydney.
  use: {
    baseURL: page,
    launchOptions: launchOptions(),
    timezoneId: "America/New_York",
    locale: "de-DE",
    viewport: { width: 1280, height: 900 },
  },
  projects: sandboxes.map(({ dialect, port }) => ({
    name: dialect,
    // `npm test` runs one flow of the mouse and one of the keyboard in the second dialect, `npm run e2e` all of them.
    testMatch: process.env["VITE_DRILL_SAMPLE"] && dialect === "observed" ? "{booking,keyboard}.e2e.ts" : "*.e2e.ts",
    metadata: { api: `http://127.0.0.1:${port}/v1`, log: `.out/e2e-${dialect}.jsonl`, key: "e2e-key", secret },
  })),
  webServer: [
    {
      command: "npx --no-install vite build -c test/e2e/page/vite.config.ts && node test/e2e/page/server.mjs",
      cwd: "../..",
      url: page,
      env: {
        CLINIC_PORT: String(firstPort),
        SANDBOX_SECRET: secret,
        SANDBOXES: sandboxes.map(({ port }) => `http://127.0.0.1:${port}/v1`).join(),
      },
      reuseExistingServer: false,
    },
    ...sandboxes.map(({ dialect, port }) => ({
      command: `node dist/sandbox/command.js --port ${port} --dialect ${dialect} --key e2e-key --secret ${secret} --cors ${page} --log .out/e2e-${dialect}.jsonl`,
      cwd: "../..",
      port,
      reuseExistingServer: false,
    })),
  ],
});
