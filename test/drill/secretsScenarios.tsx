import { QueryClient, dehydrate, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { expect, onTestFinished, vi } from "vitest";

import type { Scenario } from "./faultRow.ts";
import { fewActions, noFault, scenarioOf } from "./secretsActions.ts";
import {
  button,
  type Desk,
  expectNoFindings,
  failureNotice,
  findText,
  openDesk,
  people,
  press,
  quoted,
  type,
  visits,
} from "./secretsDesk.tsx";

const linkOf = ({ sandbox }: Desk, name: string) => {
  const canaries = sandbox.canaries();
  return canaries[canaries.findLastIndex(({ value }) => value === name) - 1]?.value ?? "";
};

/** Entry links anywhere in the page, visible or not. */
const linksInPage = ({ sandbox }: Desk) => {
  const values = [...document.querySelectorAll("input")].map(({ value }) => value);
  const page = `${document.documentElement.outerHTML} ${values.join(" ")}`;
  return sandbox
    .canaries()
    .flatMap(({ kind, value }) => (kind === "entry-link" && page.includes(value) ? [value] : []));
};

/** Replaces the clipboard by one that accepts or refuses all texts. Returns the accepted texts. */
function replaceClipboard(accepts: boolean): string[] {
  const copied: string[] = [];
  const writeText = (text: string) =>
    accepts ? Promise.resolve(void copied.push(text)) : Promise.reject(new Error("no"));
  Object.defineProperty(navigator, "clipboard", { configurable: true, value: { writeText } });
  onTestFinished(() => void Reflect.deleteProperty(navigator, "clipboard"));
  return copied;
}

/** Scenarios of places in which an entry link may be, and in which it may not. */
export const linkScenarios: readonly Scenario[] = [
  {
    name: "copies a guest’s entry link",
    async run(drill) {
      const copied = replaceClipboard(true);
      const desk = await openDesk();
      await press(visits.planned);
      await press(`Copy link for ${people.guest}`);
      await findText(`Link for ${people.guest} (guest) copied`);
      expect(copied).toEqual([linkOf(desk, people.guest)]);
      await drill.holds("I5", () => expect(linksInPage(desk)).toEqual([]));
      await expectNoFindings(desk, drill);
    },
  },
  {
    name: "copies a host’s entry link after a question",
    async run(drill) {
      const copied = replaceClipboard(true);
      const desk = await openDesk();
      await press(visits.planned);
      await press(`Copy host link for ${people.host}`);
      await screen.findByRole("alertdialog");
      await drill.holds("I5", () => expect(linksInPage(desk)).toEqual([]));
      await press(`Copy host link for ${people.host}`);
      await waitFor(() => expect(copied).toEqual([linkOf(desk, people.host)]));
      await drill.holds("I5", () => expect(linksInPage(desk)).toEqual([]));
      await expectNoFindings(desk, drill);
    },
  },
  {
    name: "the clipboard refuses: the entry link is in a field only",
    async run(drill) {
      replaceClipboard(false);
      const desk = await openDesk();
      await press(visits.planned);
      await press(`Copy link for ${people.guest}`);
      await screen.findByText(/didn’t allow copying/);
      await drill.holds("I5", () => expect(linksInPage(desk)).toEqual([]));
      await press(`Show link for ${people.guest}`);
      await screen.findByDisplayValue(linkOf(desk, people.guest));
      await drill.holds("I5", () => expect(linksInPage(desk)).toEqual([linkOf(desk, people.guest)]));
      await press(`Show link for ${people.guest}`);
      await waitFor(() => drill.holds("I5", () => expect(linksInPage(desk)).toEqual([])));
      await expectNoFindings(desk, drill);
    },
  },
  {
    name: "shows an entry link, then opens another session",
    async run(drill) {
      const desk = await openDesk();
      await press(visits.planned);
      await press(`Show link for ${people.guest}`);
      await screen.findByText(linkOf(desk, people.guest));
      await drill.holds("I5", () => expect(linksInPage(desk)).toEqual([linkOf(desk, people.guest)]));
      await press(visits.running);
      await waitFor(() => drill.holds("I5", () => expect(linksInPage(desk)).toEqual([])));
      await expectNoFindings(desk, drill);
    },
  },
  {
    name: "may join an active session: the own entry link only",
    async run(drill) {
      const desk = await openDesk({ minutes: 5 });
      await press(visits.running);
      const joins = await screen.findAllByRole("link", { name: /^Join/ });
      const links = new Set(joins.map((join) => join.getAttribute("href")));
      expect(links.size).toBe(1);
      await drill.holds("I5", () => expect(linksInPage(desk)).toEqual([...links]));
      await expectNoFindings(desk, drill);
    },
  },
  {
    name: "shows removed people",
    async run(drill) {
      const desk = await openDesk();
      await press(visits.planned);
      fireEvent.click(await screen.findByText(/^History/));
      await screen.findByText(people.removed);
      await drill.holds("I5", () => expect(linksInPage(desk)).toEqual([]));
      await expectNoFindings(desk, drill);
    },
  },
  {
    name: "searches for a name, which is not sent",
    async run(drill) {
      const desk = await openDesk();
      await button(visits.planned);
      await type("Search names", people.guest);
      await desk.settled();
      await expectNoFindings(desk, drill);
    },
  },
  {
    name: "getAccessToken fails with everything in its message",
    async run(drill) {
      const desk = await openDesk({ getAccessToken: (quotes) => Promise.reject(new Error(quoted(quotes))) });
      await failureNotice();
      await expectNoFindings(desk, drill);
    },
  },
  {
    name: "the server’s message quotes an entry link, an id and a token",
    async run(drill) {
      const desk = await openDesk({
        before: ({ sandbox, quotes }) =>
          sandbox.faults.next({ status: 403, body: { error: { message: `Not for ${quoted(quotes)}` } } }),
      });
      await failureNotice();
      await findText("Not for");
      await expectNoFindings(desk, drill);
    },
  },
  {
    name: "rows that break the contract are left out and reported as drift",
    async run(drill) {
      const desk = await openDesk({
        before: ({ sandbox, quotes: { name, link } }) =>
          sandbox.faults.next({
            status: 200,
            body: { more: false, content: [{ session_name: name, entry_url: link }] },
          }),
      });
      await screen.findByText(/^No /);
      await expectNoFindings(desk, drill);
    },
  },
  {
    name: "unmounts during a write",
    async run(drill) {
      const desk = await openDesk();
      await press(visits.planned);
      await press(`Remove ${people.guest}`);
      const held = desk.sandbox.faults.hold({ operation: "deleteSessionParticipant" });
      await press(`Remove ${people.guest}`);
      await held.reached;
      cleanup();
      held.release();
      await held.finished;
      await expectNoFindings(desk, drill);
    },
  },
];

const refuse = () => {
  throw new DOMException("denied", "SecurityError");
};

/** Storages that are disabled or full. */
const withoutStorage: readonly { name: string; begin: () => () => void }[] = [
  {
    name: "every storage is disabled",
    begin() {
      const names = ["localStorage", "sessionStorage", "indexedDB", "caches"];
      const before = names.map((name) => [name, Object.getOwnPropertyDescriptor(window, name)] as const);
      for (const name of names) Object.defineProperty(window, name, { configurable: true, get: refuse });
      return () => {
        for (const [name, descriptor] of before) {
          if (descriptor) Object.defineProperty(window, name, descriptor);
          else Reflect.deleteProperty(window, name);
        }
      };
    },
  },
  {
    name: "every storage is full",
    begin() {
      const full = vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
        throw new DOMException("full", "QuotaExceededError");
      });
      return () => full.mockRestore();
    },
  },
];

/** Actions without any storage. */
export const storageScenarios: readonly Scenario[] = withoutStorage.flatMap(({ name, begin }) =>
  fewActions.map((action) => {
    const scenario = scenarioOf(action, noFault);
    return {
      name: `${action.name} × ${name}`,
      async run(drill) {
        const end = begin();
        try {
          await scenario.run(drill);
        } finally {
          end();
        }
      },
    };
  }),
);

/** App that stores its whole query cache at every change, as a persister does. */
function persistCache() {
  const queryClient = new QueryClient();
  const save = () => {
    const state = dehydrate(queryClient, { shouldDehydrateQuery: () => true, shouldDehydrateMutation: () => true });
    localStorage.setItem("app-cache", JSON.stringify(state));
  };
  queryClient.getQueryCache().subscribe(save);
  queryClient.getMutationCache().subscribe(save);
  onTestFinished(() => localStorage.removeItem("app-cache"));
  return {
    app: (desk: ReactNode) => (
      <QueryClientProvider client={queryClient}>
        <AppPart />
        {desk}
      </QueryClientProvider>
    ),
    saved: () => localStorage.getItem("app-cache") ?? "",
  };
}

function AppPart() {
  const { data } = useQuery({ queryKey: ["app", "rooms"], queryFn: () => "Banksia Room" });
  return <p>{data}</p>;
}

/** Actions in an app that stores its own query cache. */
export const persistedCacheScenarios: readonly Scenario[] = fewActions.map((action) => ({
  name: `${action.name} beside a stored cache of the app`,
  async run(drill) {
    const { app, saved } = persistCache();
    await scenarioOf(action, noFault, { app }).run(drill);
    expect(saved()).toContain("Banksia Room");
    await drill.holds("I5", () => expect(saved()).not.toContain("coviu"));
  },
}));
