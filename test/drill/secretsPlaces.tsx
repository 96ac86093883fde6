import { QueryClient, dehydrate, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { expect, onTestFinished, vi } from "vitest";

import type { Scenario } from "./faultRow.ts";
import { fewDeeds, scenarioOf, well } from "./secretsDeeds.ts";
import {
  alerted,
  told,
  button,
  type Desk,
  noneFound,
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

/** The links that stand anywhere in the page, shown or not. */
const linksInPage = ({ sandbox }: Desk) => {
  const values = [...document.querySelectorAll("input")].map(({ value }) => value);
  const page = `${document.documentElement.outerHTML} ${values.join(" ")}`;
  return sandbox
    .canaries()
    .flatMap(({ kind, value }) => (kind === "entry-link" && page.includes(value) ? [value] : []));
};

/** A clipboard of the page's own, that takes or refuses. */
function clipboard(takes: boolean): string[] {
  const copied: string[] = [];
  const writeText = (text: string) =>
    takes ? Promise.resolve(void copied.push(text)) : Promise.reject(new Error("no"));
  Object.defineProperty(navigator, "clipboard", { configurable: true, value: { writeText } });
  onTestFinished(() => void Reflect.deleteProperty(navigator, "clipboard"));
  return copied;
}

/** Where a link may be, and where nothing may be. */
export const placesOfLinks: readonly Scenario[] = [
  {
    name: "copies a guest’s link",
    async run(drill) {
      const copied = clipboard(true);
      const desk = await openDesk();
      await press(visits.planned);
      await press(`Copy link for ${people.guest}`);
      await told(`Link for ${people.guest} (guest) copied`);
      expect(copied).toEqual([linkOf(desk, people.guest)]);
      await drill.holds("I5", () => expect(linksInPage(desk)).toEqual([]));
      await noneFound(desk, drill);
    },
  },
  {
    name: "copies a host’s link, which is asked about first",
    async run(drill) {
      const copied = clipboard(true);
      const desk = await openDesk();
      await press(visits.planned);
      await press(`Copy host link for ${people.host}`);
      await screen.findByRole("alertdialog");
      await drill.holds("I5", () => expect(linksInPage(desk)).toEqual([]));
      await press(`Copy host link for ${people.host}`);
      await waitFor(() => expect(copied).toEqual([linkOf(desk, people.host)]));
      await drill.holds("I5", () => expect(linksInPage(desk)).toEqual([]));
      await noneFound(desk, drill);
    },
  },
  {
    name: "copies where the clipboard refuses: the one link in a marked field",
    async run(drill) {
      clipboard(false);
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
      await noneFound(desk, drill);
    },
  },
  {
    name: "shows a link, hides it, opens another session",
    async run(drill) {
      const desk = await openDesk();
      await press(visits.planned);
      await press(`Show link for ${people.guest}`);
      await screen.findByText(linkOf(desk, people.guest));
      await drill.holds("I5", () => expect(linksInPage(desk)).toEqual([linkOf(desk, people.guest)]));
      await press(visits.running);
      await waitFor(() => drill.holds("I5", () => expect(linksInPage(desk)).toEqual([])));
      await noneFound(desk, drill);
    },
  },
  {
    name: "may join while the session runs: the host’s links alone",
    async run(drill) {
      const desk = await openDesk({ minutes: 5 });
      await press(visits.running);
      const joins = await screen.findAllByRole("link", { name: /^Join/ });
      const links = new Set(joins.map((join) => join.getAttribute("href")));
      expect(links.size).toBe(1);
      await drill.holds("I5", () => expect(linksInPage(desk)).toEqual([...links]));
      await noneFound(desk, drill);
    },
  },
  {
    name: "looks at who was removed",
    async run(drill) {
      const desk = await openDesk();
      await press(visits.planned);
      fireEvent.click(await screen.findByText(/^History/));
      await screen.findByText(people.removed);
      await drill.holds("I5", () => expect(linksInPage(desk)).toEqual([]));
      await noneFound(desk, drill);
    },
  },
  {
    name: "searches for a name, which is not sent",
    async run(drill) {
      const desk = await openDesk();
      await button(visits.planned);
      await type("Search names", people.guest);
      await desk.settled();
      await noneFound(desk, drill);
    },
  },
  {
    name: "getAccessToken fails with everything in its message",
    async run(drill) {
      const desk = await openDesk({ getAccessToken: (quotes) => Promise.reject(new Error(quoted(quotes))) });
      await alerted();
      await noneFound(desk, drill);
    },
  },
  {
    name: "the server’s own words quote a link, an id and a token",
    async run(drill) {
      const desk = await openDesk({
        before: ({ sandbox, quotes }) =>
          sandbox.faults.next({ status: 403, body: { error: { message: `Not for ${quoted(quotes)}` } } }),
      });
      await alerted();
      await told("Not for");
      await noneFound(desk, drill);
    },
  },
  {
    name: "rows that break the contract are left out and told of",
    async run(drill) {
      const desk = await openDesk({
        before: ({ sandbox, quotes: { name, link } }) =>
          sandbox.faults.next({
            status: 200,
            body: { more: false, content: [{ session_name: name, entry_url: link }] },
          }),
      });
      await screen.findByText(/^No /);
      await noneFound(desk, drill);
    },
  },
  {
    name: "leaves in the middle of a write",
    async run(drill) {
      const desk = await openDesk();
      await press(visits.planned);
      await press(`Remove ${people.guest}`);
      const held = desk.sandbox.faults.hold({ operation: "deleteSessionParticipant" });
      await press(`Remove ${people.guest}`);
      await held.reached;
      cleanup();
      held.release();
      await held.answered;
      await noneFound(desk, drill);
    },
  },
];

const refuse = () => {
  throw new DOMException("denied", "SecurityError");
};

/** Storages that are switched off, and that are full. */
const withoutStorage: readonly { name: string; begin: () => () => void }[] = [
  {
    name: "every storage is switched off",
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

/** Whatever can be done without trouble, where nothing can be stored. */
export const storagesOff: readonly Scenario[] = withoutStorage.flatMap(({ name, begin }) =>
  fewDeeds.map((deed) => {
    const scenario = scenarioOf(deed, well);
    return {
      name: `${deed.name} × ${name}`,
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

/** An app that keeps its whole cache on disk, as a persister does: everything at every change. */
function persisted() {
  const queryClient = new QueryClient();
  const save = () => {
    const state = dehydrate(queryClient, { shouldDehydrateQuery: () => true, shouldDehydrateMutation: () => true });
    localStorage.setItem("app-cache", JSON.stringify(state));
  };
  queryClient.getQueryCache().subscribe(save);
  queryClient.getMutationCache().subscribe(save);
  onTestFinished(() => localStorage.removeItem("app-cache"));
  return {
    host: (desk: ReactNode) => (
      <QueryClientProvider client={queryClient}>
        <OwnPart />
        {desk}
      </QueryClientProvider>
    ),
    saved: () => localStorage.getItem("app-cache") ?? "",
  };
}

function OwnPart() {
  const { data } = useQuery({ queryKey: ["app", "rooms"], queryFn: () => "Banksia Room" });
  return <p>{data}</p>;
}

/** What the app keeps is the app's own. */
export const persistedByHost: readonly Scenario[] = fewDeeds.map((deed) => ({
  name: `${deed.name} beside a cache that is kept`,
  async run(drill) {
    const { host, saved } = persisted();
    await scenarioOf(deed, well, { host }).run(drill);
    expect(saved()).toContain("Banksia Room");
    await drill.holds("I5", () => expect(saved()).not.toContain("coviu"));
  },
}));
