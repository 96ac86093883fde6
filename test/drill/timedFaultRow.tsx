import { act, cleanup } from "@testing-library/react";
import { vi } from "vitest";

import { testNow } from "../render.tsx";
import { faultRow, type Scenario } from "./faultRow.ts";

/** Declares a fault row in which each run has fake time that only `pass` advances. */
export function timedFaultRow(id: string, promise: string, scenarios: readonly Scenario[]): void {
  const timed = scenarios.map((scenario) => ({
    ...scenario,
    async run(drill: Parameters<Scenario["run"]>[0]) {
      fakeTime(testNow);
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

/** Replaces clocks and timers. Work without timers, such as the sandbox's signatures, continues. */
function fakeTime(now: string): void {
  vi.useFakeTimers({
    now: new Date(now),
    toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date", "performance"],
  });
}

/** Advances the fake time in steps, and waits for started work after each. */
export async function pass(ms: number, step = 500): Promise<void> {
  for (let remainingMs = ms; remainingMs >= 0; remainingMs -= step) {
    // oxlint-disable-next-line no-await-in-loop -- one step comes after the other
    await act(async () => {
      await vi.advanceTimersByTimeAsync(Math.min(step, remainingMs));
      for (let turn = 0; turn < 8; turn += 1) {
        // The sandbox signs and verifies on other threads. A digest in the same queue ends after them.
        await crypto.subtle.digest("SHA-256", new Uint8Array(1));
        await new Promise((resolve) => {
          setImmediate(resolve);
        });
      }
    });
  }
}
