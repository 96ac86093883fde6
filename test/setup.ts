import "@testing-library/jest-dom/vitest";
import { act, cleanup, configure } from "@testing-library/react";
import { afterEach, vi } from "vitest";

// Locally a test says within seconds that it is red. A machine that runs CI may have other work.
const asyncUtilTimeout = Number(import.meta.env.VITE_ASYNC_TIMEOUT_MS);
// Announcements stand in the page a second time.
configure({ asyncUtilTimeout, defaultIgnore: "script, style, [aria-live], [aria-live] *" });
afterEach(cleanup);

// Testing Library knows stopped clocks only by this name: without it, every action waits for real time to pass. With it,
// time would run on while what takes a real moment (a module that comes in, a digest) has no turn at all.
const turn = globalThis.setTimeout;
configure({
  unstable_advanceTimersWrapper: async (advance) => {
    await act(async () => advance());
    await new Promise((resolve) => turn(resolve));
  },
});
Object.assign(globalThis, { jest: { advanceTimersByTime: (time: number) => vi.advanceTimersByTime(time) } });
