import { act, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, vi } from "vitest";

import {
  createCoviuClient,
  EntryLink,
  FrontDesk,
  getSession,
  listSessions,
  ParticipantList,
  type Session,
  SessionDetails,
  SessionScheduler,
} from "../../src/index.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { renderWithCoviu, testNow, withCoviu } from "../render.tsx";
import { type Drill, faultRow, type Scenario } from "./faultRow.ts";
import { withEditedResponses } from "./hostile.ts";

const id = "7c1e9a52-0b4d-4f1a-9d63-2f8a5b7e40c1";
const link = `https://coviu.com/session/${id}`;
const guest = { participant_id: id, display_name: "Tāne Wihongi", role: "GUEST", entry_url: link };
const host = { ...guest, display_name: "Dr Amara Okafor", role: "HOST" };

/** Advances the fake time. */
async function pass(ms: number): Promise<void> {
  await act(async () => {
    await vi.advanceTimersByTimeAsync(ms);
  });
}

/** Waits for responses, which need no fake time. */
async function allLoaded(): Promise<void> {
  for (let turn = 0; turn < 500 && /Loading/.test(document.body.textContent); turn += 1) {
    // oxlint-disable-next-line no-await-in-loop -- turn after turn
    await pass(0);
  }
}

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

faultRow("H4", "invisible characters are spelled out where a name is edited", [
  ...[
    ["Ana\u202e Lee", "Ana[U+202E] Lee"],
    ["A\u200bna", "A[U+200B]na"],
    ["\u0000Ana", "[U+0000]Ana"],
    ["Ana\ufeff", "Ana[U+FEFF]"],
    ["Ana\u3164", "Ana[U+3164]"],
    ["Ana\ud800", "Ana[U+D800]"],
    ["Ana\u{e0041}", "Ana[U+E0041]"],
  ].flatMap(([typed = "", spelled = ""]): Scenario[] => [
    {
      name: `${spelled} × editing a person`,
      async run({ holds }) {
        const sandbox = createSandbox({ now: testNow });
        const client = createCoviuClient(
          withEditedResponses(sandbox, (row) => ("participant_id" in row ? { ...row, display_name: typed } : row)),
        );
        const { content } = await listSessions(client);
        const view = renderWithCoviu(<ParticipantList sessionId={scheduledIn(content).session_id} />, { client });
        const [edit] = await screen.findAllByRole("button", { name: /^Edit / });
        await view.user.click(edit ?? document.body);
        const field = await screen.findByRole("textbox", { name: "Name" });
        await holds("I4", () =>
          expect(field).toHaveAccessibleDescription(`Has characters that can’t be seen: ${spelled}`),
        );
        // The field has the whole name.
        await holds("I1", () => expect(field).toHaveValue(typed));
        view.unmount();
      },
    },
    {
      name: `${spelled} × pasted into the name of a session and of a person`,
      async run({ holds }) {
        const view = renderWithCoviu(<SessionScheduler />);
        for (const name of ["Session name", "Name of person 1"]) {
          const field = screen.getByLabelText(name);
          fireEvent.change(field, { target: { value: typed } });
          // oxlint-disable-next-line no-await-in-loop -- one field after the other
          await holds("I4", () =>
            expect(field).toHaveAccessibleDescription(`Has characters that can’t be seen: ${spelled}`),
          );
          fireEvent.change(field, { target: { value: "Ana Lee" } });
          // oxlint-disable-next-line no-await-in-loop
          await holds("I4", () => expect(field).not.toHaveAccessibleDescription());
        }
        view.unmount();
      },
    },
  ]),
  ...["Ana Lee", "José", "یوسف\u200cخانی", "👩\u200d👩\u200d👧", "E\u0301lodie"].map((typed) => ({
    name: `${typed} × no description`,
    async run({ holds }: Drill) {
      const view = renderWithCoviu(<SessionScheduler />);
      const field = screen.getByLabelText("Session name");
      fireEvent.change(field, { target: { value: typed } });
      await holds("I4", () => expect(field).not.toHaveAccessibleDescription());
      view.unmount();
    },
  })),
]);

function scheduledIn(sessions: readonly Session[]): Session {
  const found = sessions.find(({ session_name }) => session_name === "Knee rehab follow-up");
  if (!found) throw new Error("the seed has no such session");
  return found;
}

/** Browsers without a clipboard or that refuse it. */
const clipboards: Record<string, () => void> = {
  denied: () => {
    vi.spyOn(navigator.clipboard, "writeText").mockRejectedValue(new DOMException("denied", "NotAllowedError"));
  },
  "denied after a while": () => {
    vi.spyOn(navigator.clipboard, "writeText").mockImplementation(
      () => new Promise((_, reject) => setTimeout(reject, 1000, new DOMException("denied", "NotAllowedError"))),
    );
  },
  "missing, as on plain HTTP": () => {
    vi.stubGlobal("navigator", Object.create(navigator, { clipboard: { value: undefined } }));
  },
  "without the method": () => {
    vi.stubGlobal("navigator", Object.create(navigator, { clipboard: { value: {} } }));
  },
  "forbidden in a frame": () => {
    const get = () => {
      throw new DOMException("policy", "SecurityError");
    };
    vi.stubGlobal("navigator", Object.create(navigator, { clipboard: { get } }));
  },
  throwing: () => {
    vi.spyOn(navigator.clipboard, "writeText").mockImplementation(() => {
      throw new TypeError("not a function of this page");
    });
  },
  "never settling": () => {
    vi.spyOn(navigator.clipboard, "writeText").mockReturnValue(new Promise(() => {}));
  },
  "settling after a minute": () => {
    vi.spyOn(navigator.clipboard, "writeText").mockImplementation(
      () => new Promise((resolve) => setTimeout(resolve, 60_000)),
    );
  },
};

faultRow(
  "U1",
  'without a clipboard, the entry link can be shown and selected in a field, and "copied" is never shown',
  Object.entries(clipboards).flatMap(([kind, replaceClipboard]) =>
    [guest, host].flatMap((participant) =>
      ["hidden", "shown"].map((before) => ({
        name: `${kind} × the ${before} entry link of a ${participant.role.toLowerCase()}`,
        async run({ holds }: Drill) {
          vi.useFakeTimers({ now: new Date(testNow) });
          const view = renderWithCoviu(<EntryLink data-testid="link" participant={participant} />);
          // After the render, whose user-event replaces the clipboard.
          replaceClipboard();
          const root = screen.getByTestId("link");
          await pass(0);
          const timers = vi.getTimerCount();
          const texts: string[] = [];
          const observer = new MutationObserver(() => texts.push(document.body.textContent));
          observer.observe(document.body, { childList: true, subtree: true, characterData: true });
          if (before === "shown") fireEvent.click(screen.getByRole("button", { name: /^Show link/ }));
          fireEvent.click(screen.getByRole("button", { name: /^Copy/ }));
          if (participant === host) {
            await pass(0);
            fireEvent.click(within(screen.getByRole("alertdialog")).getByRole("button", { name: /^Copy host link/ }));
          }
          await pass(10_000);
          await holds("I3", () => expect(root).toHaveAttribute("data-state", "refused"));
          await holds("I5", () => expect(document.documentElement.outerHTML).not.toContain(link));
          fireEvent.click(screen.getByRole("button", { name: /^Show link/ }));
          await pass(0);
          const field = screen.getByRole<HTMLInputElement>("textbox", { name: /^Entry link for/ });
          await holds("I3", () => expect(root).toHaveAttribute("data-state", "revealed"));
          await holds("I4", () => expect(field).toHaveValue(link));
          await holds("I4", () => expect(field).toHaveAttribute("readonly"));
          await holds("I6", () => expect(field).toHaveFocus());
          await holds("I4", () => expect([field.selectionStart, field.selectionEnd]).toEqual([0, link.length]));
          await holds("I4", () => expect(screen.getByText(/press Ctrl\+C, or ⌘C/)).toBeVisible());
          await pass(120_000);
          await holds("I4", () => expect(root).toHaveAttribute("data-state", "revealed"));
          observer.disconnect();
          await holds("I4", () => expect(texts.filter((text) => /copied/.test(text))).toEqual([]));
          await holds("I3", () => expect(vi.getTimerCount()).toBeLessThanOrEqual(timers));
          view.unmount();
        },
      })),
    ),
  ),
);

faultRow("U2", "the entry link is there before the click, so that copying needs no request", [
  {
    name: "a click × requests before the clipboard is written to",
    async run({ holds }) {
      const sandbox = createSandbox({ now: testNow });
      const view = renderWithCoviu(<EntryLink participant={guest} />, { sandbox });
      const fetched = vi.spyOn(globalThis, "fetch");
      const writeText = vi.spyOn(navigator.clipboard, "writeText").mockResolvedValue();
      fireEvent.click(screen.getByRole("button", { name: /^Copy link/ }));
      // The clipboard is written during the click event.
      await holds("I4", () => expect(writeText.mock.calls).toEqual([[link]]));
      await holds("I8", () => expect([sandbox.log.entries(), fetched.mock.calls]).toEqual([[], []]));
      await act(async () => {});
      view.unmount();
    },
  },
]);

const hour = 3_600_000;

/** An upcoming session of the sandbox, with a host. */
async function upcomingSession(sandbox: ReturnType<typeof createSandbox>) {
  const client = createCoviuClient(sandbox);
  const { content } = await listSessions(client);
  return { client, session: scheduledIn(content) };
}

faultRow(
  "U3",
  "Join is a real link, and the page behind it learns nothing of this one",
  ["people", "details"].map((part) => ({
    name: `window.open throws × ${part}`,
    async run({ holds }: Drill) {
      vi.spyOn(window, "open").mockImplementation(() => {
        throw new Error("blocked");
      });
      const sandbox = createSandbox({ now: testNow });
      const { client, session } = await upcomingSession(sandbox);
      const at = new Date(Date.parse(session.start_time) + 60_000);
      const view = renderWithCoviu(
        part === "people" ? (
          <ParticipantList sessionId={session.session_id} />
        ) : (
          <SessionDetails sessionId={session.session_id} joinAs={session.participants?.[0]?.state} />
        ),
        { client, now: () => at },
      );
      const [join] = await screen.findAllByRole("link", { name: /^Join/ });
      await holds("I4", () => expect(join).toHaveAttribute("href", session.participants?.[0]?.entry_url));
      await holds("I5", () => expect(join).toHaveAttribute("rel", "noopener noreferrer"));
      await holds("I5", () => expect(join).toHaveAttribute("target", "_blank"));
      // The kit does not prevent the click.
      let prevented: boolean | undefined;
      document.addEventListener(
        "click",
        (event) => {
          prevented = event.defaultPrevented;
          event.preventDefault();
        },
        { once: true },
      );
      fireEvent.click(join ?? document.body);
      await holds("I4", () => expect(prevented).toBe(false));
      await holds("I4", () => expect(window.open).not.toHaveBeenCalled());
      view.unmount();
    },
  })),
);

faultRow("U4", "before the start and after the end, the screen says when an entry link works, and enables it then", [
  ...[
    ["entry link of a person", -hour],
    ["entry link of a person", -1000],
    ["own entry in the details", -hour / 6],
    ["own entry in the details", -1000],
  ].map(([part, before]): Scenario => ({
    name: `${part} × opened ${Math.abs(Number(before)) / 1000} s before the start × waiting until the end`,
    async run({ holds }) {
      vi.useFakeTimers({ now: new Date(testNow) });
      const sandbox = createSandbox({ now: () => new Date() });
      const { client, session } = await upcomingSession(sandbox);
      const start = Date.parse(session.start_time);
      const end = Date.parse(session.end_time);
      const person = session.participants?.find(({ role }) => role === "HOST");
      vi.setSystemTime(start + Number(before));
      const view = renderWithCoviu(
        part === "entry link of a person" ? (
          <EntryLink participant={person ?? host} session={session} />
        ) : (
          <SessionDetails sessionId={session.session_id} joinAs={person?.state} />
        ),
        { client, now: () => new Date() },
      );
      await allLoaded();
      const open = () => screen.queryAllByRole("link", { name: /^Join/ }).filter((join) => join.hasAttribute("href"));
      await holds("I4", () => expect(open()).toEqual([]));
      await holds("I4", () =>
        expect(document.body).toHaveTextContent(/You can join from 10:00\sam, when the session starts\./),
      );
      await holds("I4", () =>
        expect(screen.getAllByRole("button", { name: /^Copy.* link/ }).length).toBeGreaterThan(0),
      );
      const requests = sandbox.log.entries().length;
      while (Date.now() < start - 1) {
        // oxlint-disable-next-line no-await-in-loop -- hour after hour
        await pass(Math.min(hour, start - 1 - Date.now()));
      }
      await holds("I4", () => expect(open()).toEqual([]));
      await pass(100);
      await holds("I3", () => expect(open().length).toBeGreaterThan(0));
      await holds("I4", () => expect(document.body).not.toHaveTextContent(/You can join from/));
      await pass(end - 1 - Date.now());
      await holds("I4", () => expect(open().length).toBeGreaterThan(0));
      await pass(100);
      await holds("I4", () => expect(open()).toEqual([]));
      await holds("I4", () => expect(document.body).toHaveTextContent(/This session has ended/));
      await holds("I4", () => expect(screen.queryByRole("button", { name: /^Copy.* link/ })).toBeNull());
      await holds("I8", () => expect(sandbox.log.entries().length - requests).toBeLessThanOrEqual(1));
      view.unmount();
    },
  })),
  {
    name: "the computer slept during the start × the page is shown again",
    async run({ holds }) {
      vi.useFakeTimers({ now: new Date(testNow) });
      const session = { start_time: "2026-01-11T23:30:00.000Z", end_time: "2026-01-12T00:30:00.000Z" };
      const view = renderWithCoviu(<EntryLink participant={host} session={session} />, { now: () => new Date() });
      await pass(0);
      expect(screen.queryByRole("link")).toBeNull();
      // No timer has run in the meantime.
      vi.setSystemTime("2026-01-11T23:45:00.000Z");
      act(() => {
        document.dispatchEvent(new Event("visibilitychange"));
      });
      await holds("I3", () => expect(screen.getByRole("link", { name: /^Join as/ })).toHaveAttribute("href", link));
      view.unmount();
    },
  },
]);

const storages = ["localStorage", "sessionStorage", "indexedDB", "caches", "cookieStore"] as const;

/** Replaces all storages of the browser by ones that store nothing. */
function refuseStorage(how: string): void {
  const refuse = () => {
    throw new DOMException("refused", how === "full" ? "QuotaExceededError" : "SecurityError");
  };
  for (const name of storages) {
    const full = { getItem: () => null, setItem: refuse, removeItem: refuse, open: refuse, get: refuse, set: refuse };
    const get = how === "missing" ? () => undefined : how === "full" ? () => full : refuse;
    Object.defineProperty(window, name, { configurable: true, get });
  }
  vi.spyOn(document, "cookie", "get").mockImplementation(how === "missing" ? () => "" : refuse);
  vi.spyOn(document, "cookie", "set").mockImplementation(refuse);
}

faultRow(
  "U5",
  "the kit books, copies and cancels without any storage",
  ["refused", "full", "missing"].map((how) => ({
    name: `${storages.join(", ")} and cookies are ${how} × booking, copying and canceling`,
    async run({ holds }: Drill) {
      const before = storages.map((name) => [name, Object.getOwnPropertyDescriptor(window, name)] as const);
      refuseStorage(how);
      const consoleError = vi.spyOn(console, "error");
      try {
        const smallSandbox = createSandbox({ now: testNow, seed: 1 });
        const { sandbox, client, user, unmount } = renderWithCoviu(<FrontDesk />, { sandbox: smallSandbox });
        await screen.findByRole("button", { name: "Review 1" });
        await user.click(screen.getByRole("button", { name: "Book a session" }));
        const dialog = within(await screen.findByRole("dialog"));
        fireEvent.change(dialog.getByLabelText("Session name"), { target: { value: "Intake" } });
        fireEvent.change(dialog.getByLabelText("Name of person 1"), { target: { value: "Dr Amara Okafor" } });
        await user.click(dialog.getByRole("button", { name: "Book session" }));
        const details = within(await screen.findByRole("region", { name: "Intake" }));
        await holds("I2", () => expect(sandbox.log.count({ operation: "createSession" })).toBe(1));
        await user.click(await details.findByRole("button", { name: /^Copy host link/ }));
        await user.click(
          within(await screen.findByRole("alertdialog")).getByRole("button", { name: /^Copy host link/ }),
        );
        await holds("I4", () => waitFor(() => expect(screen.getByText(/copied$/)).toBeVisible()));
        await user.click(details.getByRole("button", { name: "Cancel session" }));
        await user.click(within(await screen.findByRole("alertdialog")).getByRole("button", { name: /^Cancel / }));
        await waitFor(() => expect(screen.getByText("Canceled", { selector: ".coviu-badge" })).toBeVisible());
        const { content } = await listSessions(client, { include_canceled: true });
        await holds("I4", () =>
          expect(content.find(({ session_name }) => session_name === "Intake")?.canceled_time).toBeDefined(),
        );
        await holds("I7", () => expect(consoleError.mock.calls).toEqual([]));
        unmount();
      } finally {
        for (const [name, descriptor] of before) {
          if (descriptor) Object.defineProperty(window, name, descriptor);
          else Reflect.deleteProperty(window, name);
        }
      }
    },
  })),
);

/** Defaults of session replay tools. `masks` hides text and typed values, `blocks` whole elements. */
const replayTools: Record<string, { masks?: string; blocks?: string }> = {
  rrweb: { masks: ".rr-mask", blocks: ".rr-block" },
  Fullstory: { masks: ".fs-mask", blocks: ".fs-exclude" },
  Sentry: { masks: ".sentry-mask, [data-sentry-mask]", blocks: ".sentry-block, [data-sentry-block]" },
  Datadog: { masks: "[data-dd-privacy=mask]", blocks: "[data-dd-privacy=hidden]" },
  LogRocket: { masks: "[data-private]" },
  Hotjar: { masks: "[data-hj-suppress]" },
  Clarity: { masks: "[data-clarity-mask]" },
  PostHog: { blocks: ".ph-no-capture" },
  "a tool without marks": {},
};

const people = ["Canary-host", "Canary-guest"];
const states = ["canary-state-1", "canary-state-2"];
const others = ["Canary-session", "canary-flag", "canary-team", "canary-user"];

/** Clinic with one active session whose texts are all secrets. */
async function clinicOfCanaries(now: () => Date) {
  const sandbox = createSandbox({ now, seed: 1 });
  let edits = 0;
  const client = createCoviuClient(
    withEditedResponses(sandbox, (row) => {
      if (!("start_time" in row)) return row;
      edits += 1;
      const participants = [0, 1].map((index) => ({
        participant_id: `${index}c1e9a52-0b4d-4f1a-9d63-2f8a5b7e40c1`,
        display_name: people[index],
        state: states[index],
        coviu_user_id: others[3],
        role: index === 0 ? "HOST" : "GUEST",
        entry_url: `https://coviu.com/session/${index}c1e9a52-0b4d-4f1a-9d63-2f8a5b7e40c1`,
      }));
      return { ...row, session_name: others[0], feature_flags: [others[1]], team_id: others[2], participants };
    }),
  );
  const [listed] = (await listSessions(client)).content;
  if (!listed || edits === 0) throw new Error("the seed has no such session");
  const session = await getSession(client, listed.session_id);
  const secrets = (session.participants ?? []).map(({ participant_id }) => participant_id);
  return { sandbox, client, session, secrets };
}

interface Recorded {
  /** `text`, `typed`, or the name of the attribute. */
  where: string;
  element: Element;
  text: string;
}

/** Texts and attributes of the page that a session replay tool records. */
function recorded({ masks = "nothing", blocks = "nothing" }: { masks?: string; blocks?: string }): Recorded[] {
  return [...document.querySelectorAll("*")]
    .filter((element) => !element.closest(blocks))
    .flatMap((element) => {
      const attributes = [...element.attributes].map(({ name, value }) => ({ where: name, element, text: value }));
      if (element.closest(masks)) return attributes.filter(({ where }) => where !== "value");
      const texts = [...element.childNodes]
        .filter((node) => node instanceof Text)
        .map(({ data }) => ({ where: "text", element, text: data }));
      const typed = "value" in element ? [{ where: "typed", element, text: String(element.value) }] : [];
      return [...attributes, ...texts, ...typed];
    });
}

const withCanaries = (found: readonly Recorded[], canaries: readonly string[]) =>
  found
    .filter(({ text }) => canaries.some((canary) => text.toLowerCase().includes(canary.toLowerCase())))
    .map(({ where, element, text }) => `${element.localName}.${element.className} ${where}=${text}`);

/** Expects no session replay tool to record a secret of the page. */
async function expectPrivate({ holds }: Drill, secrets: readonly string[], ids: readonly string[]): Promise<void> {
  const everything = recorded({});
  const isJoin = ({ where, element }: Recorded) => where === "href" && element.matches("a[rel='noopener noreferrer']");
  const isField = ({ where, element }: Recorded) => /^(value|typed)$/.test(where) && element.matches("input, textarea");
  const isLabel = ({ where }: Recorded) => where === "aria-label" || where === "title";
  const attributes = everything.filter(({ where }) => where !== "text");

  // Secrets may be in labels, fields and the link of Join, and in no other attribute.
  const otherAttributes = attributes.filter((found) => !isField(found) && !isLabel(found) && !isJoin(found));
  await holds("I5", () =>
    expect(withCanaries(otherAttributes, [...people, ...states, ...others, ...secrets, ...ids])).toEqual([]),
  );
  await holds("I5", () =>
    expect(withCanaries(attributes.filter(isLabel), [...secrets, ...ids, ...states])).toEqual([]),
  );

  for (const [name, tool] of Object.entries(replayTools)) {
    if (!tool.masks && !tool.blocks) continue;
    const found = recorded(tool);
    const links = tool.blocks ? found : found.filter((item) => !isJoin(item));
    // oxlint-disable-next-line no-await-in-loop -- the first failure is reported
    await holds("I5", () => expect([name, ...withCanaries(links, secrets)]).toEqual([name]));
    const words = tool.masks ? found.filter((item) => !isLabel(item)) : [];
    // oxlint-disable-next-line no-await-in-loop
    await holds("I5", () => expect([name, ...withCanaries(words, [...people, ...states, ...others])]).toEqual([name]));
  }
}

/** Replaces the clipboard by one that accepts or refuses all texts. */
function clipboard(accepts: boolean): void {
  userEvent.setup();
  const write = vi.spyOn(navigator.clipboard, "writeText");
  if (accepts) write.mockResolvedValue();
  else write.mockRejectedValue(new DOMException("denied", "NotAllowedError"));
}

/** Opens a part of the screen. */
type Steps = (session: Session) => Promise<void>;

async function press(name: RegExp, which = 0): Promise<void> {
  const buttons = await screen.findAllByRole("button", { name });
  fireEvent.click(buttons[which] ?? document.body);
}

const openSession: Steps = async () => {
  await press(/^Canary-session$/);
  await screen.findByRole("region", { name: "Canary-session" });
};

const screens: Record<string, Steps> = {
  "the list": async () => void (await screen.findByRole("button", { name: "Canary-session" })),
  "the list by person": async () => {
    const filter = await screen.findByRole("combobox", { name: "Clinician" });
    await waitFor(() => expect(filter).toHaveTextContent("Canary-host"));
    fireEvent.change(filter, { target: { selectedIndex: 1 } });
  },
  "a search without a match": async () => {
    await screen.findByRole("button", { name: "Canary-session" });
    fireEvent.change(screen.getByRole("searchbox"), { target: { value: "Canary-guest Canary-unknown" } });
    await screen.findByText(/No upcoming session/);
  },
  "the details": openSession,
  "every entry link shown": async (session) => {
    await openSession(session);
    for (const button of await screen.findAllByRole("button", { name: /^Show link/ })) fireEvent.click(button);
  },
  "an entry link copied": async (session) => {
    clipboard(true);
    await openSession(session);
    await press(/^Copy link/);
    await screen.findByText(/copied$/);
  },
  "an entry link that can't be copied": async (session) => {
    clipboard(false);
    await openSession(session);
    await press(/^Copy link/);
    // The link stays hidden until the user shows it.
    const notice = await screen.findByText(/^Your browser didn’t allow copying/);
    const group = notice.closest<HTMLElement>("[role=group]") ?? document.body;
    fireEvent.click(within(group).getByRole("button", { name: /^Show link/ }));
    await screen.findByRole("textbox", { name: /^Entry link for/ });
  },
  "the question before a host's link": async (session) => {
    await openSession(session);
    await press(/^Copy host link/);
    await screen.findByRole("alertdialog");
  },
  "editing a person": async (session) => {
    await openSession(session);
    await press(/^Edit /);
    await screen.findByRole("dialog");
  },
  "the question before removing a person": async (session) => {
    await openSession(session);
    await press(/^Remove /);
    await screen.findByRole("alertdialog");
  },
  "the flags": async (session) => {
    await openSession(session);
    fireEvent.click(screen.getByText(/^Feature flags/));
  },
  "rescheduling the session": async (session) => {
    await openSession(session);
    await press(/^(Reschedule|Change end)$/);
    await screen.findByRole("dialog");
  },
  "booking another session": async (session) => {
    await openSession(session);
    await press(/^Book a session$/);
    const dialog = await screen.findByRole("dialog");
    fireEvent.change(within(dialog).getByLabelText("Name of person 1"), { target: { value: "Canary-host" } });
    await press(/^More about Canary-host/);
    fireEvent.change(within(dialog).getByLabelText("Your reference"), { target: { value: "canary-state-1" } });
  },
};

faultRow("U7", "session replay tools can mask or leave out entry links, names and references", [
  ...Object.entries(screens).flatMap(([part, steps]) =>
    [-hour, 60_000].map((offset): Scenario => ({
      name: `${part} × ${offset < 0 ? "before the start" : "while it is active"} × ${Object.keys(replayTools).length - 1} tools`,
      async run(drill) {
        const start = Date.parse(testNow) + hour;
        const now = () => new Date(start + offset);
        const { client, session, secrets } = await clinicOfCanaries(() => new Date(testNow));
        const view = render(withCoviu(<FrontDesk joinAs={states[0]} />, { client, now }));
        await steps(session);
        const shown = document.body.textContent + [...document.querySelectorAll("[aria-label]")].length;
        expect(shown).toMatch(/Canary|canary/);
        await expectPrivate(drill, secrets, [session.session_id]);
        view.unmount();
      },
    })),
  ),
  {
    name: "the check itself × an entry link in text and in an attribute",
    async run() {
      const view = render(
        <div className="coviu">
          <p data-link={link}>{link}</p>
        </div>,
      );
      const broken: unknown[] = [];
      const holds = async (_: string, check: () => unknown) => {
        try {
          await check();
        } catch (error) {
          broken.push(error);
        }
      };
      await expectPrivate({ seed: 1, holds }, [id], []);
      expect(broken.length).toBe(Object.keys(replayTools).length);
      view.unmount();
    },
  },
]);
