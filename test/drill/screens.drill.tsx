import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, vi } from "vitest";

import { CoviuError } from "../../src/api/errors.ts";
import { byText } from "../byText.ts";
import type { Scenario } from "./faultRow.ts";
import { faultRow } from "./faultRow.ts";
import { withDesk, expectDraft } from "./screensDesk.tsx";

const reads = ["getSessionPage", "getSessionById", "getSessionParticipants"] as const;
const parts = {
  getSessionPage: () => within(element(".coviu-session-list")),
  getSessionById: () => within(element(".coviu-session-details > .coviu-section")),
  getSessionParticipants: () => within(element(".coviu-participant-list")),
};

function element(selector: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`There is no ${selector}.`);
  return found;
}

/** Expects all data that was read on the screen. */
function expectData(): void {
  expect(screen.getByRole("button", { name: "Review 1", current: true })).toBeVisible();
  expect(screen.getByRole("heading", { name: "Review 1" })).toBeVisible();
  expect(screen.getByRole("button", { name: /^Copy link/ })).toBeVisible();
}

faultRow(
  "T3",
  "while no token can be had, there is one banner, forms keep their input, and the first try after it succeeds",
  ["while reading", "with a draft open"].map((moment) => ({
    name: `token endpoint down × refetch × ${moment}`,
    run: ({ holds }) => {
      let isDown = false;
      return withDesk(
        { holds },
        async ({ ready, draft, returnAfter, announcements, banner, pass, click, book, sandbox }) => {
          await ready();
          if (moment !== "while reading") await draft();
          isDown = true;
          sandbox.faults.expireTokens();
          await returnAfter(2);
          await waitFor(() => expect(banner()).toHaveAttribute("data-state", "down"));
          await pass(2000);
          await holds("I4", () => {
            expect(banner()).toHaveTextContent(/^We couldn’t check your sign-in/);
            expect(screen.getAllByText("We couldn’t check your sign-in")).toHaveLength(1);
          });
          await holds("I6", () => expect(announcements).toEqual([expect.stringMatching(/^polite: We couldn’t check/)]));

          await pass(60_000);
          isDown = false;
          if (moment === "while reading") {
            await click("Try again");
            await waitFor(() => expect(banner()).toHaveAttribute("data-state", "back"));
            await pass(10_000);
            await holds("I3", () => expect(banner()).toHaveTextContent(/^$/));
          } else {
            await holds("I1", expectDraft);
            await book();
            await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
            await holds("I2", () => expect(sandbox.log.count({ operation: "createSession" })).toBe(1));
          }
        },
        {
          getAccessToken: (sandbox) => (request) =>
            isDown ? Promise.reject(new Error("no token")) : sandbox.getAccessToken(request),
        },
      );
    },
  })),
);

faultRow("T9", "a refused sign-in shows one urgent banner, and nothing is sent until the user acts", [
  ...(["401 always", "auth_required of getAccessToken"] as const).map((how): Scenario => ({
    name: `${how} × refetch × with all views open`,
    run: ({ holds }) => {
      let isOver = false;
      return withDesk(
        { holds },
        async ({ ready, returnAfter, announcements, banner, pass, clearAnnouncements, click, requests, sandbox }) => {
          await ready();
          isOver = true;
          if (how === "auth_required of getAccessToken") sandbox.faults.expireTokens();
          else sandbox.faults.next({ status: 401, times: Infinity });
          await returnAfter(6);
          await waitFor(() => expect(banner()).toHaveAttribute("data-state", "signed-out"));
          await pass(3000);
          await holds("I6", () =>
            expect(announcements).toEqual([expect.stringMatching(/^assertive: You’re not signed in/)]),
          );
          await holds("I1", expectData);
          expect(screen.getAllByRole("button", { name: "Try again" })).toHaveLength(1);
          expect(screen.getAllByText(/^Last updated 6 minutes ago/).length).toBeGreaterThan(3);

          sandbox.log.clear();
          await pass(10 * 60_000);
          await holds("I8", () => expect(requests({})).toBe(0));

          isOver = false;
          sandbox.faults.clear();
          await clearAnnouncements();
          await click("Try again");
          await waitFor(() => expect(banner()).toHaveTextContent("You’re signed in"));
          await pass(3000);
          await holds("I3", () => expect(screen.queryByText(/^Last updated/)).not.toBeInTheDocument());
          await holds("I6", () => expect(announcements).toEqual(["polite: You’re signed in"]));
          await pass(5000);
        },
        {
          getAccessToken: (sandbox) => async (request) => {
            if (isOver && how === "auth_required of getAccessToken") {
              throw new CoviuError({ code: "auth_required", operation: "getAccessToken", outcome: "not-sent" });
            }
            return sandbox.getAccessToken(request);
          },
        },
      );
    },
  })),
  {
    name: "401 × booking",
    run: ({ holds }) =>
      withDesk({ holds }, async ({ ready, draft, book, announcements, pass, sandbox, requests }) => {
        await ready();
        await draft();
        sandbox.faults.next({ status: 401, times: Infinity });
        await book();
        await within(screen.getByRole("dialog")).findByText("You’re not signed in");
        await pass(2000);
        await holds("I1", expectDraft);
        await holds("I6", () =>
          expect(announcements).toEqual([expect.stringMatching(/^assertive: You’re not signed in/)]),
        );
        sandbox.faults.clear();
        await book();
        await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
        await holds("I2", () => expect(requests({ operation: "createSession", status: 200 })).toBe(1));
        await pass(10_000);
      }),
  },
  {
    name: "401 × refetch behind a dialog × with a draft",
    run: ({ holds }) =>
      withDesk({ holds }, async ({ ready, draft, returnAfter, announcements, pass, banner, sandbox }) => {
        await ready();
        await draft();
        sandbox.faults.next({ status: 401, times: Infinity });
        await returnAfter(2);
        await waitFor(() => expect(banner()).toHaveAttribute("data-state", "signed-out"));
        await pass(2000);
        await holds("I1", expectDraft);
        await holds("I6", () => {
          expect(announcements).toEqual([expect.stringMatching(/^assertive: You’re not signed in/)]);
          expect(screen.getByRole("dialog").contains(document.activeElement)).toBe(true);
        });
      }),
  },
]);

faultRow("N1", "after a 429 the screen counts down, and reads once more when the user tries again", [
  {
    name: "429 with Retry-After 45 × first read of the list",
    run: ({ holds }) =>
      withDesk(
        { holds },
        async ({ button, pass, announcements, requests, click }) => {
          const again = await button("Try again");
          again.focus();
          await pass(2000);
          expect(again).toHaveAttribute("aria-disabled", "true");
          await click("Try again");
          await holds("I8", () => expect(requests({ operation: "getSessionPage" })).toBe(1));
          await holds("I6", () =>
            expect(announcements).toEqual([expect.stringMatching(/^polite: The service is busy/)]),
          );
          await pass(45_000);
          expect(again).not.toHaveAttribute("aria-disabled");
          await holds("I6", () => expect(announcements.slice(1)).toEqual(["polite: You can try again now."]));
          await click("Try again");
          expect(await button("Review 1")).toBeVisible();
          await holds("I3", () => expect(requests({ operation: "getSessionPage" })).toBe(2));
        },
        {
          before: ({ faults }) =>
            faults.next({ operation: "getSessionPage", status: 429, headers: { "retry-after": "45" } }),
        },
      ),
  },
  ...reads.map((operation): Scenario => ({
    name: `429 with Retry-After 40 × ${operation} × refetch`,
    run: ({ holds }) =>
      withDesk({ holds }, async ({ ready, returnAfter, pass, sandbox }) => {
        await ready();
        sandbox.faults.next({ operation, status: 429, headers: { "retry-after": "40" } });
        await returnAfter(6);
        const view = parts[operation]();
        expect(await view.findByText(/^You can try again in \d+ s\.$/)).toBeVisible();
        expect(view.getByText(/^Last updated 6 minutes ago/)).toBeVisible();
        await holds("I1", expectData);
        await pass(40_000);
        const again = view.getByRole("button", { name: "Try again" });
        expect(again).not.toHaveAttribute("aria-disabled");
        await act(() => fireEvent.click(again));
        await holds("I3", () => waitFor(() => expect(view.queryByText(/^Last updated/)).not.toBeInTheDocument()));
      }),
  })),
]);

faultRow("N3", "after a 429, a write is not sent again automatically, and the form keeps its input and counts down", [
  {
    name: "429 with Retry-After 20 × booking",
    run: ({ holds }) =>
      withDesk({ holds }, async ({ ready, draft, book, pass, announcements, sandbox, requests }) => {
        await ready();
        await draft();
        sandbox.faults.next({ operation: "createSession", status: 429, headers: { "retry-after": "20" } });
        await book();
        const dialog = within(screen.getByRole("dialog"));
        expect(await dialog.findByText(/^You can try again in (20|19) s\.$/)).toBeVisible();
        await pass(10_000);
        expect(dialog.getByText(/^You can try again in (10|9) s\.$/)).toBeVisible();
        await pass(20_000);
        await holds("I8", () => expect(requests({ operation: "createSession" })).toBe(1));
        await holds("I1", expectDraft);
        await holds("I6", () =>
          expect(announcements).toEqual([
            expect.stringMatching(/^alert: The service is busy/),
            "polite: You can try again now.",
          ]),
        );
        await book();
        await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
        await holds("I2", () => expect(requests({ operation: "createSession", status: 200 })).toBe(1));
      }),
  },
  {
    name: "429 with Retry-After 20 × the read before booking",
    run: ({ holds }) =>
      withDesk({ holds }, async ({ ready, draft, book, pass, announcements, sandbox, requests }) => {
        await ready();
        await draft();
        sandbox.log.clear();
        sandbox.faults.next({ operation: "getSessionPage", status: 429, headers: { "retry-after": "20" } });
        await book();
        await pass(1000);
        await holds("I2", () => expect(requests({ operation: "createSession", status: 200 })).toBe(1));
        await holds("I6", () => {
          expect(screen.queryByRole("dialog")).not.toBeInTheDocument();
          expect(announcements.join()).not.toContain("busy");
        });
        await pass(60_000);
        await holds("I2", () => expect(requests({ operation: "createSession" })).toBe(1));
        await holds("I4", () => expect(screen.getByRole("button", { name: "Wound review" })).toBeVisible());
      }),
  },
  {
    name: "429 with Retry-After 20 × removing a person",
    run: ({ holds }) =>
      withDesk({ holds }, async ({ ready, click, pass, sandbox, requests }) => {
        await ready();
        await click(/^Remove /);
        const question = within(await screen.findByRole("alertdialog"));
        sandbox.faults.next({ operation: "deleteSessionParticipant", status: 429, headers: { "retry-after": "20" } });
        await click(/^Remove /);
        expect(await question.findByText(/^You can try again in \d+ s\.$/)).toBeVisible();
        await pass(25_000);
        await holds("I8", () => expect(requests({ operation: "deleteSessionParticipant" })).toBe(1));
        expect(question.getByText("You can try again now.")).toBeVisible();
      }),
  },
  {
    name: "429 with Retry-After 20 × adding a person",
    run: ({ holds }) =>
      withDesk({ holds }, async ({ ready, click, pass, sandbox, requests }) => {
        await ready();
        await click("Add people");
        const dialog = within(await screen.findByRole("dialog"));
        const field = dialog.getByRole("textbox", { name: "Name" });
        fireEvent.change(field, { target: { value: "Ana Lee" } });
        sandbox.faults.next({ operation: "addSessionParticipant", status: 429, headers: { "retry-after": "20" } });
        await click("Add person");
        expect(await dialog.findByText(/^You can try again in \d+ s\.$/)).toBeVisible();
        await pass(25_000);
        await holds("I8", () => expect(requests({ operation: "addSessionParticipant" })).toBe(1));
        await holds("I1", () => expect(field).toHaveValue("Ana Lee"));
      }),
  },
]);

faultRow("N5", "after a server error, data that was read stays, marked with its age", [
  ...reads.map((operation, index): Scenario => {
    const status = [500, 502, 504][index] ?? 503;
    return {
      name: `${status} × ${operation} × refetch`,
      run: ({ holds }) =>
        withDesk({ holds }, async ({ ready, returnAfter, pass, announcements, sandbox, requests }) => {
          await ready();
          sandbox.faults.next({ operation, status, times: 3 });
          await returnAfter(6);
          const view = parts[operation]();
          expect(await view.findByText("The service had a problem")).toBeVisible();
          expect(view.getByText(byText(/^Last updated 6 minutes ago, at 9:52\sam$/))).toBeVisible();
          await holds("I8", () => expect(requests({ operation })).toBe(3));
          await pass(2000);
          await holds("I6", () =>
            expect(announcements).toEqual([expect.stringMatching(/^polite: The service had a problem/)]),
          );
          await pass(2 * 60_000);
          expect(view.getByText(/^Last updated [78] minutes ago/)).toBeVisible();
          await holds("I6", () => expect(announcements).toHaveLength(1));
          await holds("I1", expectData);
          await act(() => fireEvent.click(view.getByRole("button", { name: "Try again" })));
          await holds("I3", () => waitFor(() => expect(view.queryByText(/^Last updated/)).not.toBeInTheDocument()));
        }),
    };
  }),
  {
    name: "503 × every view × refetch, then Try again",
    run: ({ holds }) =>
      withDesk({ holds }, async ({ ready, returnAfter, banner, pass, announcements, click, sandbox }) => {
        await ready();
        sandbox.faults.next({ status: 503, times: Infinity });
        await returnAfter(6);
        await waitFor(() => expect(banner()).toHaveAttribute("data-state", "down"));
        await pass(5000);
        await holds("I6", () =>
          expect(announcements).toEqual([expect.stringMatching(/^polite: The service had a problem/)]),
        );
        expect(screen.getAllByText("The service had a problem")).toHaveLength(1);
        expect(screen.getAllByText(/^Last updated 6 minutes ago/)).toHaveLength(4);
        await holds("I1", expectData);
        sandbox.faults.clear();
        await click("Try again");
        await waitFor(() => expect(banner()).toHaveTextContent("Connected again"));
        await holds("I3", () => expect(screen.queryByText(/^Last updated/)).not.toBeInTheDocument());
        await pass(6000);
      }),
  },
]);

faultRow("N15", "offline at the click, there is a plain message, nothing is queued, and the form keeps its input", [
  {
    name: "offline × booking × then online, then a click",
    run: ({ holds }) =>
      withDesk({ holds }, async ({ ready, draft, book, pass, sandbox, requests }) => {
        await ready();
        await draft();
        const online = vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
        sandbox.faults.offline(true);
        await book();
        const dialog = within(screen.getByRole("dialog"));
        expect(await dialog.findByRole("alert")).toHaveTextContent(/^You’re offline/);
        await holds("I1", expectDraft);
        await holds("I8", () => expect(requests({ method: "POST" })).toBe(0));

        online.mockReturnValue(true);
        sandbox.faults.offline(false);
        await act(() => fireEvent(window, new Event("online")));
        await pass(60_000);
        await holds("I2", () => expect(requests({ method: "POST" })).toBe(0));
        await holds("I1", expectDraft);
        await book();
        await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
        await holds("I2", () => expect(requests({ method: "POST" })).toBe(1));
      }),
  },
]);

const cells = [
  { flag: true, isReachable: true, message: undefined },
  { flag: false, isReachable: true, message: undefined },
  { flag: true, isReachable: false, message: "We couldn’t reach the service" },
  { flag: false, isReachable: false, message: "You’re offline" },
];
faultRow(
  "N17",
  "if the browser's online flag is wrong, only a request decides",
  cells.map(({ flag, isReachable, message }) => ({
    name: `onLine ${flag}, service ${isReachable ? "reachable" : "unreachable"} × refetch`,
    run: ({ holds }) =>
      withDesk({ holds }, async ({ ready, returnAfter, banner, pass, sandbox }) => {
        await ready();
        vi.spyOn(navigator, "onLine", "get").mockReturnValue(flag);
        sandbox.faults.offline(!isReachable);
        await returnAfter(6);
        if (message) await waitFor(() => expect(banner()).toHaveTextContent(message));
        await pass(5000);
        await holds("I4", () => {
          expect(screen.queryAllByText("You’re offline")).toHaveLength(message === "You’re offline" ? 1 : 0);
          expect(screen.queryAllByText(/^Last updated/)).toHaveLength(message ? 4 : 0);
        });
        await holds("I1", expectData);
      }),
  })),
);

faultRow("N18", "a connection that comes and goes causes one announcement", [
  {
    name: "20 changes in 10 s × refetch",
    runs: 2,
    run: ({ holds, seed }) =>
      withDesk({ holds }, async ({ ready, pass, announcements, sandbox, requests, banner }) => {
        await ready();
        await pass(6 * 60_000);
        const flag = vi.spyOn(navigator, "onLine", "get");
        const pauses = randomPauses(20, seed);
        for (const [index, time] of pauses.entries()) {
          const online = index % 2 === 1;
          flag.mockReturnValue(online);
          sandbox.faults.offline(!online);
          // oxlint-disable-next-line no-await-in-loop -- one change after the other
          await act(() => fireEvent(window, new Event(online ? "online" : "offline")));
          // oxlint-disable-next-line no-await-in-loop
          await pass(time);
        }
        await pass(5000);
        await holds("I6", () => expect(announcements.length).toBeLessThanOrEqual(1));
        await holds("I8", () => expect(requests({})).toBeLessThanOrEqual(3 * 3));
        await pass(60_000);
        await holds("I3", () => expect(banner()).toHaveAttribute("data-state", "up"));
        await holds("I1", expectData);
      }),
  },
]);

faultRow(
  "N19",
  'a response that the browser hides is shown as "couldn’t reach the service", not as offline',
  reads.slice(0, 2).map((operation) => ({
    name: `no readable response × ${operation} × refetch`,
    run: ({ holds }) =>
      withDesk({ holds }, async ({ ready, returnAfter, sandbox }) => {
        await ready();
        sandbox.faults.next({ operation, cut: "before-commit", times: 3 });
        await returnAfter(6);
        const view = parts[operation]();
        expect(await view.findByText("We couldn’t reach the service")).toBeVisible();
        await holds("I4", () => expect(screen.queryByText(/offline/)).not.toBeInTheDocument());
        await holds("I1", expectData);
      }),
  })),
);

const cuts = [
  [1, "getSessionPage"],
  [120, "getSessionPage"],
  [9, "getSessionById"],
  [60, "getSessionParticipants"],
] as const;
faultRow(
  "J1",
  "a truncated response is retried once, and data that was read stays",
  cuts.map(([length, operation]) => ({
    name: `cut after ${length} bytes × ${operation} × refetch`,
    run: ({ holds }) =>
      withDesk({ holds }, async ({ ready, returnAfter, pass, announcements, sandbox, requests }) => {
        await ready();
        const whole = JSON.stringify({ content: [{ session_id: "x".repeat(200) }], more: false });
        sandbox.faults.next({ operation, status: 200, body: whole.slice(0, length), times: 2 });
        await returnAfter(6);
        const view = parts[operation]();
        expect(await view.findByText("The service sent an answer we can’t read")).toBeVisible();
        expect(view.getByText(/^Last updated 6 minutes ago/)).toBeVisible();
        await holds("I8", () => expect(requests({ operation })).toBe(2));
        await pass(2000);
        await holds("I6", () => expect(announcements).toHaveLength(1));
        await holds("I1", expectData);
        await act(() => fireEvent.click(view.getByRole("button", { name: "Try again" })));
        await holds("I3", () => waitFor(() => expect(view.queryByText(/^Last updated/)).not.toBeInTheDocument()));
      }),
  })),
);

/** Random pauses in ms, 10 s in all. */
function randomPauses(count: number, seed: number): number[] {
  let state = seed;
  const parts = Array.from({ length: count }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return 0.2 + (state % 1000) / 1000;
  });
  const whole = parts.reduce((sum, part) => sum + part, 0);
  return parts.map((part) => (part / whole) * 10_000);
}
