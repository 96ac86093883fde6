import { describe, it } from "vitest";

/** Invariant that must hold after every scenario, as in the fault table. */
export type Invariant = "I1" | "I2" | "I3" | "I4" | "I5" | "I6" | "I7" | "I8";

export interface Drill {
  /** Seed of the run. The same seed gives the same run. */
  seed: number;
  /** Runs a check of an invariant. A failure is reported with its id. */
  holds: (invariant: Invariant, check: () => unknown) => Promise<void>;
}

export interface Scenario {
  /** Fault × operation × moment. */
  name: string;
  /** Number of runs, each with another seed. @default 1 */
  runs?: number;
  run: (drill: Drill) => unknown;
}

/** Result in the `meta` of a test, which `npm run drill` reads. */
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

/** How often `npm test` runs a random scenario. */
const sampleRuns = 2;

/**
 * Declares tests for a row of the fault table: the promise, and the scenarios that check it. `npm test` sets
 * `VITE_DRILL_SAMPLE` and runs the first scenario only. `npm run drill` runs all of them.
 */
export function faultRow(id: string, promise: string, scenarios: readonly Scenario[]): void {
  describe(`${id}: ${promise}`, () => {
    for (const { name, runs = 1, run } of sample ? scenarios.slice(0, 1) : scenarios) {
      it(name, { timeout: 120_000 }, async ({ task }) => {
        const count = sample ? Math.min(runs, sampleRuns) : runs === 1 ? 1 : Math.ceil(runs * Number(times));
        const seeds = Array.from({ length: count }, (_, index) => Number(first) + index);
        const broken: { seed: number; invariant: string }[] = [];
        task.meta.drill = { row: id, seeds, broken };
        let failure: unknown;
        for (const seed of seeds) {
          let checked = "";
          try {
            // oxlint-disable-next-line no-await-in-loop -- each run has the clock, the page and the client for itself
            await run({
              seed,
              async holds(invariant, check) {
                checked = invariant;
                await check();
                checked = "";
              },
            });
          } catch (error) {
            broken.push({ seed, invariant: checked || "?" });
            failure ??= error;
          }
        }
        if (broken.length > 0) throw failure;
      });
    }
  });
}
