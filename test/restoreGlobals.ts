import { afterAll, vi } from "vitest";

// Many files share a process: what one has changed is not there for the next.
afterAll(() => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  vi.useRealTimers();
  if ("clock" in setTimeout) throw new Error("This file leaves a stopped clock behind.");
});
