import "@testing-library/jest-dom/vitest";
import { act, cleanup, configure } from "@testing-library/react";
import { afterEach, vi } from "vitest";

import { installFastComputedStyle } from "./fastComputedStyle.ts";

// Locally a test fails within seconds. A CI machine may be busy.
const asyncUtilTimeout = Number(import.meta.env.VITE_ASYNC_TIMEOUT_MS);
// Announcements repeat texts of the page.
configure({ asyncUtilTimeout, defaultIgnore: "script, style, [aria-live], [aria-live] *" });
afterEach(cleanup);

if (globalThis.navigator?.userAgent.includes("jsdom")) installFastComputedStyle();

// Testing Library detects fake timers only by the global `jest`. Without it, every action waits for real time. With it,
// fake time would advance before real asynchronous work (an import, a digest) has finished.
const realSetTimeout = globalThis.setTimeout;
configure({
  unstable_advanceTimersWrapper: async (advance) => {
    await act(async () => advance());
    await new Promise((resolve) => realSetTimeout(resolve));
  },
});
Object.assign(globalThis, { jest: { advanceTimersByTime: (time: number) => vi.advanceTimersByTime(time) } });
