import { expect, vi } from "vitest";

import { type Drill, faultRow } from "./faultRow.ts";
import { type RequestOutcome, field, pass, press, screenText, type as enter } from "./writesHarness.tsx";

/** Loads new copies of the modules, as a reloaded page does. Storages stay. */
async function loadKit() {
  vi.resetModules();
  const [api, provider, desk, form, harness] = await Promise.all([
    import("../../src/api/client.ts"),
    import("../../src/provider/CoviuProvider.tsx"),
    import("../../src/components/PendingWrites/PendingWrites.tsx"),
    import("../../src/components/SessionScheduler/SessionScheduler.tsx"),
    import("./writesHarness.tsx"),
  ]);
  return { ...api, ...provider, ...desk, ...form, ...harness };
}

function leavingAsks(): boolean {
  return !window.dispatchEvent(new Event("beforeunload", { cancelable: true }));
}

const storedEntries = () => JSON.stringify(Object.entries(sessionStorage));

const moments: [moment: string, outcome: RequestOutcome, time: number][] = [
  ["while it is sent", { respondsAfterMs: 8000 }, 1000],
  ["while it is checked", "lost", 1000],
  ["after it could not be confirmed", "lost", 7000],
];

faultRow(
  "W5",
  "leaving asks for confirmation while a booking is pending, and after a reload the screen says what was interrupted",
  moments.map(([moment, outcome, time]) => ({
    name: `createSession × reload × ${moment}`,
    async run(drill: Drill) {
      const { withHarness, PendingWrites, SessionScheduler } = await loadKit();
      await withHarness(async (harness) => {
        const view = harness.renderUi(
          <>
            <PendingWrites />
            <SessionScheduler />
          </>,
        );
        await pass();
        enter("Session name", "Knee rehab");
        enter("Name of person 1", "Zaphod Canary");
        expect(field("Session name").value).toBe("Knee rehab");
        await drill.holds("I4", () => expect(leavingAsks()).toBe(false));
        harness.next("POST", /\/sessions$/, outcome);
        press("Book session");
        await pass(time);
        await drill.holds("I4", () => expect(leavingAsks()).toBe(true));
        await drill.holds("I5", () => {
          const entries = Object.entries(sessionStorage);
          expect(entries).toHaveLength(1);
          expect(entries[0]?.[0]).toMatch(/^coviu-react booking \w+$/);
          expect(entries[0]?.[1]).toBe("2026-01-11T22:52:00.000Z");
        });
        const before = storedEntries();
        view.unmount();

        const again = await loadKit();
        expect(storedEntries()).toBe(before);
        harness.renderUi(
          <again.CoviuProvider
            client={again.createCoviuClient(harness.sandbox)}
            timeZone="Australia/Sydney"
            locale="en-AU"
          >
            <again.PendingWrites />
          </again.CoviuProvider>,
        );
        await pass();
        await drill.holds("I4", () =>
          expect(screenText()).toContain("A booking started at 9:52 am was not confirmed before the page was left"),
        );
        press("Dismiss");
        await drill.holds("I5", () => expect(storedEntries()).toBe("[]"));
        expect(screenText()).toBe("");
      })();
    },
  })),
);

faultRow("X1", "an interrupted booking of the first user is not shown to the next one", [
  {
    name: "createSession × reload × sign-out",
    async run(drill: Drill) {
      const { withHarness, PendingWrites } = await loadKit();
      sessionStorage.setItem("coviu-react booking one", "2026-01-11T22:52:00.000Z");
      sessionStorage.setItem("key of the app", "value of the app");
      await withHarness(async (harness) => {
        harness.renderUi(<PendingWrites />);
        await pass();
        expect(screenText()).toContain("A booking started at 9:52 am was not confirmed before the page was left");
        harness.client.end();
        await drill.holds("I5", () => expect(Object.keys(sessionStorage)).toEqual(["key of the app"]));
      })();
      sessionStorage.clear();
    },
  },
]);
