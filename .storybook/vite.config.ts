import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

import { styleSheetsPlugin } from "../test/scripts/styleSheets.mjs";

export default defineConfig({
  plugins: [react(), styleSheetsPlugin()],
  // The minifier of Vite rewrites the sheet for other browsers: stories load it as it is shipped.
  build: { cssMinify: false },
});
