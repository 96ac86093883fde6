import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

import { styleSheetsPlugin } from "../test/scripts/styleSheets.mjs";

export default defineConfig({
  plugins: [react(), styleSheetsPlugin()],
  // Vite's minifier rewrites the sheet for other browsers. Without it, stories load the shipped sheet.
  build: { cssMinify: false },
});
