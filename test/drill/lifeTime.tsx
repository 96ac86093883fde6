import { act, cleanup } from "@testing-library/react";
import { vi } from "vitest";

import { testNow } from "../render.tsx";
import { faultRow, type Scenario } from "./faultRow.ts";

/** A row of which every run has a clock of its own that stands still until `pass`. */
export function rowInTime(id: string, promise: string, scenarios: readonly Scenario[]): void {
  const timed = scenarios.map((scenario) => ({
    ...scenario,
    async run(drill: Parameters<Scenario["run"]>[0]) {
      stopTime(testNow);
      try {
        await scenario.run(drill);
      } finally {
        cleanup();
        await pass(0);
        vi.useRealTimers();
        vi.restoreAllMocks();
      }
    },
  }));
  faultRow(id, promise, timed);
}

/** Stops every clock and timer; what is no timer, such as the sandbox's signatures, goes on. */
function stopTime(now: string): void {
  vi.useFakeTimers({
    now: new Date(now),
    toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date", "performance"],
  });
}

/** Lets time pass in steps, and after each everything that it sets off. */
export async function pass(milliseconds: number, step = 500): Promise<void> {
  for (let left = milliseconds; left >= 0; left -= step) {
    // oxlint-disable-next-line no-await-in-loop -- one step comes after the other
    await act(async () => {
      await vi.advanceTimersByTimeAsync(Math.min(step, left));
      for (let turn = 0; turn < 8; turn += 1) {
        // What the sandbox signs and checks is done by threads: whoever waits in the same queue knows that it is.
        await crypto.subtle.digest("SHA-256", new Uint8Array(1));
        await new Promise((resolve) => {
          setImmediate(resolve);
        });
      }
    });
  }
}
