import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { storybookTest } from "@storybook/addon-vitest/vitest-plugin";
import react from "@vitejs/plugin-react";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";

import { seededBug } from "./test/drill/seededBugs.mjs";
import { launchOptions } from "./test/scripts/chromium.mjs";
import { styleSheetsPlugin } from "./test/scripts/styleSheets.mjs";
import { serverRender } from "./test/server-render/serverRender.ts";

/** The browser's time zone is neither the clinic's nor the server's. */
const contextOptions = { timezoneId: "America/Los_Angeles" };
const chromium = playwright(process.env.VITEST ? { launchOptions: launchOptions(), contextOptions } : {});
/** Browser settings of a project. Vitest writes the project's name into the object, so that each project needs its own. */
const browser = () => ({
  enabled: true,
  headless: true,
  provider: chromium,
  instances: [{ browser: "chromium" as const }],
  screenshotFailures: false,
  commands: { serverRender: (_: unknown, react: "18" | "19") => serverRender(react) },
});

const nodeSetupFiles = ["test/restoreGlobals.ts"];
const setupFiles = [...nodeSetupFiles, "test/setup.ts"];
/** Loads modules once for many test files, in half the time. */
const shared = { isolate: false };
/** Files that start compilers, servers, bundlers or browsers, or need a process of their own. Not in `npm run test:quick`. */
const processTests = [
  "test/package/**/*.test.ts",
  "test/{docs,size}.test.ts",
  "test/domain/machineLocale.test.ts",
  "test/server/nodeServer.test.ts",
  "test/sandbox/command.test.ts",
];
/** Waits for locks of a killed process, which takes about a minute and no processor time. */
const redisTests = ["test/server/redis.test.ts"];
/** Files that change more than test/restoreGlobals.ts restores run in a separate process. */
const isolatedDrills = ["test/drill/twoCopies.drill.tsx"];
const isCi = Boolean(process.env.CI);
/** Whether this is `npm test`, which runs a sample of the drill. */
const isSample = Boolean(process.env.VITE_DRILL_SAMPLE);
/** Tests with many more cases in the drill, which sets `PROXY_RUNS`. */
const longTests = ["test/server/{fuzz,model,filteredPages}.test.ts", "test/domain/{readBack,machineLocale}.test.ts"];
/** Tests that read the heap: memory over thousands of requests, and the search in a heap. */
const heapTests = ["test/bench/memory.test.ts", "test/harness/heap.test.ts"];
const domTests = ["test/{hooks,ui,components,server-render}/**/*.test.tsx"];
const browserTests = ["test/browser/**/*.test.tsx"];
/** Test files with tests for React 18, which are found without loading all files: those with the tag, or with conformance. */
const react18Tests = (...folders: string[]) =>
  folders
    .flatMap((folder) => readdirSync(folder).map((name) => `${folder}/${name}`))
    .filter((path) => path.endsWith(".test.tsx") && /\breact18\b|\bconforms</.test(readFileSync(path, "utf8")));

const react18Folder = new URL("test/react18/node_modules/", import.meta.url);
/** React 18.3 from the workspace that holds it. */
const react18 = ["react", "react-dom"].map((name) => ({
  find: new RegExp(`^${name}(?=/|$)`),
  replacement: fileURLToPath(new URL(name, react18Folder)),
}));

export default defineConfig({
  plugins: [react(), styleSheetsPlugin()],
  test: {
    // No test waits for real time. The limits only end tests that hang. A CI machine may be busy.
    testTimeout: isCi ? 120_000 : 30_000,
    execArgv: ["--require", fileURLToPath(new URL("test/bidiOnce.cjs", import.meta.url))],
    env: { VITE_ASYNC_TIMEOUT_MS: isCi ? "30000" : "4500" },
    tags: [
      { name: "react18", description: "Also runs on React 18: conformance, and one flow per component and hook." },
    ],
    projects: [
      {
        extends: true,
        test: {
          ...shared,
          name: "node",
          environment: "node",
          include: ["test/**/*.test.ts"],
          exclude: [
            "test/browser/**",
            "test/apps/**",
            "test/**/node_modules/**",
            ...processTests,
            ...redisTests,
            ...heapTests,
          ],
          setupFiles: nodeSetupFiles,
        },
      },
      {
        extends: true,
        test: { name: "processes", environment: "node", include: processTests, setupFiles: nodeSetupFiles },
      },
      {
        extends: true,
        test: { name: "redis", environment: "node", include: redisTests, setupFiles: nodeSetupFiles },
      },
      {
        extends: true,
        test: { ...shared, name: "dom", environment: "jsdom", include: domTests, setupFiles },
      },
      {
        extends: true,
        // Without this, packages with CommonJS would be loaded as CommonJS, to which aliases do not apply.
        resolve: { alias: react18, mainFields: ["module"] },
        test: {
          ...shared,
          name: "dom-react18",
          environment: "jsdom",
          include: react18Tests("test/hooks", "test/ui", "test/components", "test/server-render"),
          setupFiles,
          // Vite transforms all modules that import React, so that the alias applies.
          server: { deps: { inline: [/@testing-library\/react/, /@tanstack/] } },
        },
      },
      {
        extends: true,
        test: { name: "browser", include: browserTests, setupFiles, browser: browser() },
      },
      {
        extends: true,
        resolve: { alias: react18 },
        cacheDir: "node_modules/.vite-react18",
        test: { name: "browser-react18", include: react18Tests("test/browser"), setupFiles, browser: browser() },
      },
      // Faults, row by row: npm run drill.
      {
        extends: true,
        plugins: [seededBug()],
        test: {
          ...shared,
          name: "drill",
          environment: "jsdom",
          include: ["test/drill/**/*.drill.{ts,tsx}"],
          exclude: isolatedDrills,
          setupFiles,
        },
      },
      {
        extends: true,
        plugins: [seededBug()],
        test: { name: "drill-isolated", environment: "jsdom", include: isolatedDrills, setupFiles },
      },
      {
        extends: true,
        plugins: [seededBug()],
        test: {
          name: "drill-browser",
          include: ["test/drill/**/*.browser-drill.tsx"],
          exclude: isSample ? ["test/drill/memory.browser-drill.tsx"] : [],
          setupFiles,
          browser: browser(),
        },
      },
      {
        extends: true,
        test: {
          name: "drill-node",
          environment: "node",
          include: [...longTests, ...heapTests],
          setupFiles: nodeSetupFiles,
        },
      },
      // Axe checks every story in both themes.
      {
        extends: true,
        plugins: [storybookTest({ configDir: ".storybook" })],
        test: { ...shared, name: "stories", browser: browser() },
      },
    ],
  },
});
