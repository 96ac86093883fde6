import { fileURLToPath } from "node:url";

import { storybookTest } from "@storybook/addon-vitest/vitest-plugin";
import react from "@vitejs/plugin-react";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";

import { plantedBug } from "./test/drill/plants.mjs";
import { launchOptions } from "./test/scripts/chromium.mjs";
import { styleSheetsPlugin } from "./test/scripts/styleSheets.mjs";
import { serverRender } from "./test/server-render/serverRender.ts";

const external = (id: string): boolean => !id.startsWith(".") && !id.startsWith("/") && !id.startsWith("\0");
/** In a zone that is neither the clinic's nor the server's. */
const contextOptions = { timezoneId: "America/Los_Angeles" };
const chromium = playwright(process.env.VITEST ? { launchOptions: launchOptions(), contextOptions } : {});
/** A new one per project: Vitest writes the project's name into it. */
const browser = () => ({
  enabled: true,
  headless: true,
  provider: chromium,
  instances: [{ browser: "chromium" as const }],
  screenshotFailures: false,
  commands: { serverRender: (_: unknown, react: "18" | "19") => serverRender(react) },
});
const setupFiles = ["test/putBack.ts", "test/setup.ts"];
const nodeSetupFiles = ["test/putBack.ts"];
/** Loads modules once for many test files, in half the time. */
const together = { isolate: false };
/** Those that change more than test/putBack.ts puts back have a process of their own. */
const apart = { node: ["test/server/nodeServer.test.ts"], drill: ["test/drill/lifeCopies.drill.tsx"] };

const react18Folder = new URL("test/react18/node_modules/", import.meta.url);
/** React 18.3 from the workspace that holds it. */
const react18 = ["react", "react-dom"].map((name) => ({
  find: new RegExp(`^${name}(?=/|$)`),
  replacement: fileURLToPath(new URL(name, react18Folder)),
}));

export default defineConfig({
  plugins: [react(), styleSheetsPlugin()],
  build: {
    target: "es2022",
    minify: false,
    sourcemap: false,
    lib: {
      entry: {
        index: "src/index.ts",
        core: "src/core.ts",
        "server/index": "src/server/index.ts",
        "server/browser": "src/server/browser.ts",
        "sandbox/index": "src/sandbox/index.ts",
        "sandbox/command": "src/sandbox/command.ts",
      },
      formats: ["es"],
    },
    rolldownOptions: {
      external,
      output: { preserveModules: true, preserveModulesRoot: "src", entryFileNames: "[name].js" },
    },
  },
  test: {
    // For machines with other work: no test waits for time to pass, and one that hangs is found all the same.
    testTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          ...together,
          name: "node",
          environment: "node",
          include: ["test/**/*.test.ts"],
          exclude: ["test/browser/**", "test/apps/**", "test/**/node_modules/**", ...apart.node],
          setupFiles: nodeSetupFiles,
        },
      },
      {
        extends: true,
        test: { name: "node-apart", environment: "node", include: apart.node, setupFiles: nodeSetupFiles },
      },
      {
        extends: true,
        test: {
          ...together,
          name: "dom",
          environment: "jsdom",
          include: ["test/{hooks,ui,components,server-render}/**/*.test.tsx"],
          setupFiles,
        },
      },
      {
        extends: true,
        // A package that also ships CommonJS would be taken in that form, in which no alias holds.
        resolve: { alias: react18, mainFields: ["module"] },
        test: {
          ...together,
          name: "dom-react18",
          environment: "jsdom",
          include: ["test/{hooks,ui,components,server-render}/**/*.test.tsx"],
          setupFiles,
          // Everything that imports React goes through Vite, so that it gets this one.
          server: {
            deps: { inline: [/@testing-library\/react/, /@tanstack/] },
          },
        },
      },
      {
        extends: true,
        test: {
          name: "types",
          include: [],
          typecheck: { enabled: true, only: true, include: ["test/types/**/*.test-d.ts"], tsconfig: "./tsconfig.json" },
        },
      },
      {
        extends: true,
        test: { name: "browser", include: ["test/browser/**/*.test.tsx"], setupFiles, browser: browser() },
      },
      {
        extends: true,
        resolve: { alias: react18 },
        cacheDir: "node_modules/.vite-react18",
        test: { name: "browser-react18", include: ["test/browser/**/*.test.tsx"], setupFiles, browser: browser() },
      },
      // What goes wrong, row by row: npm run drill.
      {
        extends: true,
        plugins: [plantedBug()],
        test: {
          ...together,
          name: "drill",
          environment: "jsdom",
          include: ["test/drill/**/*.drill.{ts,tsx}"],
          exclude: apart.drill,
          setupFiles,
        },
      },
      {
        extends: true,
        plugins: [plantedBug()],
        test: { name: "drill-apart", environment: "jsdom", include: apart.drill, setupFiles },
      },
      {
        extends: true,
        plugins: [plantedBug()],
        test: {
          name: "drill-browser",
          include: ["test/drill/**/*.browser-drill.tsx"],
          setupFiles,
          browser: browser(),
        },
      },
      // Axe looks at every story in both themes.
      {
        extends: true,
        plugins: [storybookTest({ configDir: ".storybook" })],
        test: { ...together, name: "stories", browser: browser() },
      },
    ],
  },
});
