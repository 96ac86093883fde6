import { afterAll, vi } from "vitest";

// Many files share a process. Restores what a file has changed before the next one runs.
afterAll(() => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  vi.useRealTimers();
  if ("clock" in setTimeout) throw new Error("This file did not restore the fake timers.");
});
