import { watchPage } from "../../src/sandbox/canaries/page.ts";
import { watchPrograms } from "../../src/sandbox/canaries/programs.ts";
import type { Sighting } from "../../src/sandbox/canaries/sighting.ts";
import { watchStorages } from "../../src/sandbox/canaries/storages.ts";

declare global {
  interface Window {
    /** Passes sightings on to the test. */
    reportSightings: (sightings: Sighting[]) => Promise<void>;
    /** Looks at everything that is there now. */
    lookForCanaries: () => Promise<void>;
  }
}

const known = new Set<string>();
let untold: Sighting[] = [];

/** Ends when the test has been told. */
let told: Promise<unknown> = Promise.resolve();

function tell(): void {
  if (untold.length > 0) told = Promise.all([told, window.reportSightings(untold)]);
  untold = [];
}

function see({ channel, where, text, place }: Sighting): void {
  const sighting = { channel, where, text, place };
  const key = JSON.stringify(sighting);
  if (!text || known.has(key)) return;
  known.add(key);
  if (untold.push(sighting) === 1) queueMicrotask(tell);
}

const lookouts = [watchPrograms(see), watchPage(see), watchStorages(see)];

window.lookForCanaries = async () => {
  await Promise.all(lookouts.map(({ look }) => look?.()));
  tell();
  await told;
};
// What is told later than this does not arrive; and there is no time to wait, so this is what can be seen at once.
window.addEventListener("beforeunload", () => {
  for (const { look } of lookouts) look?.();
  tell();
});
