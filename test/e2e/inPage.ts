import { watchConsoleAndErrors } from "../../src/sandbox/canaries/consoleAndErrors.ts";
import type { Observation } from "../../src/sandbox/canaries/observation.ts";
import { watchPage } from "../../src/sandbox/canaries/page.ts";
import { watchStorages } from "../../src/sandbox/canaries/storages.ts";

declare global {
  interface Window {
    /** Passes observations on to the test. */
    reportObservations: (observations: Observation[]) => Promise<void>;
    /** Looks at everything that is there now. */
    lookForCanaries: () => Promise<void>;
  }
}

const known = new Set<string>();
let untold: Observation[] = [];

/** Ends when the test has been told. */
let told: Promise<unknown> = Promise.resolve();

function tell(): void {
  if (untold.length > 0) told = Promise.all([told, window.reportObservations(untold)]);
  untold = [];
}

function see({ channel, where, text, place }: Observation): void {
  const observation = { channel, where, text, place };
  const key = JSON.stringify(observation);
  if (!text || known.has(key)) return;
  known.add(key);
  if (untold.push(observation) === 1) queueMicrotask(tell);
}

const watchers = [watchConsoleAndErrors(see), watchPage(see), watchStorages(see)];

window.lookForCanaries = async () => {
  await Promise.all(watchers.map(({ collect }) => collect?.()));
  tell();
  await told;
};
// What is told later than this does not arrive; and there is no time to wait, so this is what can be seen at once.
window.addEventListener("beforeunload", () => {
  for (const { collect } of watchers) collect?.();
  tell();
});
