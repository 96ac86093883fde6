import { describe, it } from "vitest";

/** What must hold after every scenario, by its name in the table of faults. */
export type Invariant = "I1" | "I2" | "I3" | "I4" | "I5" | "I6" | "I7" | "I8";

export interface Drill {
  /** Tells one run of a scenario from the others; the same seed is the same run. */
  seed: number;
  /** Names the invariant that a failed check breaks. */
  holds: (invariant: Invariant, check: () => unknown) => Promise<void>;
}

export interface Scenario {
  /** Fault × operation × moment. */
  name: string;
  /** How often it runs, each time with another seed; once if left out. */
  runs?: number;
  run: (drill: Drill) => unknown;
}

/** What `npm run drill` reads from a test's `meta`. */
export interface DrillResult {
  row: string;
  seeds: readonly number[];
  broken: readonly { seed: number; invariant: string }[];
}

declare module "vitest" {
  interface TaskMeta {
    drill?: DrillResult;
  }
}

const { VITE_DRILL_SEED: first = "1", VITE_DRILL_TIMES: times = "1", VITE_DRILL_SAMPLE: sample } = import.meta.env;

/**
 * Declares tests for a row of the table of faults: what the kit promises, and the scenarios that show it. `npm test`
 * sets `VITE_DRILL_SAMPLE` and runs the first scenario only; `npm run drill` runs all of them.
 */
export function faultRow(id: string, promise: string, scenarios: readonly Scenario[]): void {
  describe(`${id}: ${promise}`, () => {
    for (const { name, runs = 1, run } of sample ? scenarios.slice(0, 1) : scenarios) {
      it(name, { timeout: 120_000 }, async ({ task }) => {
        const count = runs === 1 ? 1 : Math.ceil(runs * Number(times));
        const seeds = Array.from({ length: count }, (_, index) => Number(first) + index);
        const broken: { seed: number; invariant: string }[] = [];
        task.meta.drill = { row: id, seeds, broken };
        let failure: unknown;
        for (const seed of seeds) {
          let named = "";
          try {
            // One after the other: each has the clock, the page and the client for itself.
            // oxlint-disable-next-line no-await-in-loop
            await run({
              seed,
              async holds(invariant, check) {
                named = invariant;
                await check();
                named = "";
              },
            });
          } catch (error) {
            broken.push({ seed, invariant: named || "?" });
            failure ??= error;
          }
        }
        if (broken.length > 0) throw failure;
      });
    }
  });
}
