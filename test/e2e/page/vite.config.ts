import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    // The package name resolves to the built files, not to the paths of the type checker.
    rolldownOptions: {
      tsconfig: false,
      input: ["index.html", "hostile.html", "sandbox.html"].map((name) => `${import.meta.dirname}/${name}`),
    },
    outDir: "../../../.out/e2e-page",
    emptyOutDir: true,
  },
});
