import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterEach, vi } from "vitest";

import "./loaded.ts";

// A read is tried three times with pauses before it fails, and machines have other work.
// What is only said stands in the page a second time.
configure({ asyncUtilTimeout: 30_000, defaultIgnore: "script, style, [aria-live], [aria-live] *" });
afterEach(cleanup);

// Testing Library knows stopped clocks only by this name: without it, every action waits for real time to pass.
Object.assign(globalThis, { jest: { advanceTimersByTime: (time: number) => vi.advanceTimersByTime(time) } });
