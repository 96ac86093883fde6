import { afterAll } from "vitest";

// Many files share a process: the next one would wait for a clock that stands still.
afterAll(() => {
  if ("clock" in setTimeout) throw new Error("This file leaves a stopped clock behind.");
});
