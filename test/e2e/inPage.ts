import { watchConsoleAndErrors } from "../../src/sandbox/canaries/consoleAndErrors.ts";
import type { Observation } from "../../src/sandbox/canaries/observation.ts";
import { watchPage } from "../../src/sandbox/canaries/page.ts";
import { watchStorages } from "../../src/sandbox/canaries/storages.ts";

declare global {
  interface Window {
    /** Passes observations to the test. */
    reportObservations: (observations: Observation[]) => Promise<void>;
    /** Reports observations of the whole page. */
    reportPage: () => Promise<void>;
  }
}

const known = new Set<string>();
let unreported: Observation[] = [];

/** Resolves when the test has received all observations. */
let reported: Promise<unknown> = Promise.resolve();

function report(): void {
  if (unreported.length > 0) reported = Promise.all([reported, window.reportObservations(unreported)]);
  unreported = [];
}

function record({ channel, where, text, place }: Observation): void {
  const observation = { channel, where, text, place };
  const key = JSON.stringify(observation);
  if (!text || known.has(key)) return;
  known.add(key);
  if (unreported.push(observation) === 1) queueMicrotask(report);
}

const watchers = [watchConsoleAndErrors(record), watchPage(record), watchStorages(record)];

window.reportPage = async () => {
  await Promise.all(watchers.map(({ collect }) => collect?.()));
  report();
  await reported;
};
// Later reports do not arrive. There is no time to wait, so only synchronous observations are reported.
window.addEventListener("beforeunload", () => {
  for (const { collect } of watchers) collect?.();
  report();
});
