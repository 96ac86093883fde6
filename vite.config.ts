import { defineConfig } from "vite";

import { styleSheetsPlugin } from "./test/scripts/styleSheets.mjs";

/** Every package is a dependency of the app: only the kit's own files are built. */
const external = (id: string): boolean => !id.startsWith(".") && !id.startsWith("/") && !id.startsWith("\0");

export default defineConfig({
  plugins: [styleSheetsPlugin()],
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
});
