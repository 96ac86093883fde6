import { expect, vi } from "vitest";

import { type Drill, faultRow } from "./faultRow.ts";
import { type Fate, field, pass, press, screenText, type as enter } from "./writesHarness.tsx";

/** The kit as a page has it that was just loaded: what another one knew is gone, what was stored is there. */
async function load() {
  vi.resetModules();
  const [api, provider, desk, form, rig] = await Promise.all([
    import("../../src/api/client.ts"),
    import("../../src/provider/CoviuProvider.tsx"),
    import("../../src/components/PendingWrites/PendingWrites.tsx"),
    import("../../src/components/SessionScheduler/SessionScheduler.tsx"),
    import("./writesHarness.tsx"),
  ]);
  return { ...api, ...provider, ...desk, ...form, ...rig };
}

function leaving(): boolean {
  return !window.dispatchEvent(new Event("beforeunload", { cancelable: true }));
}

const stored = () => JSON.stringify(Object.entries(sessionStorage));

const moments: [moment: string, fate: Fate, time: number][] = [
  ["while it is sent", { slow: 8000 }, 1000],
  ["while it is looked for", "lost", 1000],
  ["while it could not be confirmed", "lost", 7000],
];

faultRow(
  "W5",
  "a reload says what it has cut off",
  moments.map(([moment, fate, time]) => ({
    name: `createSession × reload × ${moment}`,
    async run(drill: Drill) {
      const { withRig, PendingWrites, SessionScheduler } = await load();
      await withRig(async (rig) => {
        const view = rig.show(
          <>
            <PendingWrites />
            <SessionScheduler />
          </>,
        );
        await pass();
        enter("Session name", "Knee rehab");
        enter("Name of person 1", "Zaphod Canary");
        expect(field("Session name").value).toBe("Knee rehab");
        await drill.holds("I4", () => expect(leaving()).toBe(false));
        rig.next("POST", /\/sessions$/, fate);
        press("Book session");
        await pass(time);
        await drill.holds("I4", () => expect(leaving()).toBe(true));
        await drill.holds("I5", () => {
          const entries = Object.entries(sessionStorage);
          expect(entries).toHaveLength(1);
          expect(entries[0]?.[0]).toMatch(/^coviu-react booking \w+$/);
          expect(entries[0]?.[1]).toBe("2026-01-11T22:52:00.000Z");
        });
        const left = stored();
        view.unmount();

        const again = await load();
        expect(stored()).toBe(left);
        rig.show(
          <again.CoviuProvider client={again.createCoviuClient(rig.sandbox)} timeZone="Australia/Sydney" locale="en-AU">
            <again.PendingWrites />
          </again.CoviuProvider>,
        );
        await pass();
        await drill.holds("I4", () =>
          expect(screenText()).toContain("A booking started at 9:52 am was not confirmed before the page was left"),
        );
        press("Dismiss");
        await drill.holds("I5", () => expect(stored()).toBe("[]"));
        expect(screenText()).toBe("");
      })();
    },
  })),
);

faultRow("X1", "what a reload has cut off is not told to whoever signs in next", [
  {
    name: "createSession × reload × sign-out",
    async run(drill: Drill) {
      const { withRig, PendingWrites } = await load();
      sessionStorage.setItem("coviu-react booking one", "2026-01-11T22:52:00.000Z");
      sessionStorage.setItem("another program's", "its own");
      await withRig(async (rig) => {
        rig.show(<PendingWrites />);
        await pass();
        expect(screenText()).toContain("A booking started at 9:52 am was not confirmed before the page was left");
        rig.client.end();
        await drill.holds("I5", () => expect(Object.keys(sessionStorage)).toEqual(["another program's"]));
      })();
      sessionStorage.clear();
    },
  },
]);
