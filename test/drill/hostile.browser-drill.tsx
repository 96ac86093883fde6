import "../../src/styles/index.css";
import { act, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import type { ReactElement } from "react";
import { afterEach, expect, vi } from "vitest";
import { cdp, page } from "vitest/browser";

import { FailureNotice } from "../../src/components/Failure/FailureNotice.tsx";
import { shownName } from "../../src/domain/roles.ts";
import {
  type CoviuClient,
  CoviuError,
  createCoviuClient,
  EntryLink,
  FrontDesk,
  listSessions,
  type Participant,
  ParticipantList,
  SessionDetails,
} from "../../src/index.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { testNow, withCoviu } from "../render.tsx";
import { type Drill, faultRow } from "./faultRow.ts";
import { hostileAddresses, hostileTexts, kitTexts, plainTexts, withEditedResponses } from "./hostile.ts";

const texts = hostileTexts(500);
const addresses = hostileAddresses(400);
const chunk = 50;
const pictures = "pictures.example";
const policy = `default-src 'self'; img-src 'self' https://${pictures}; style-src 'self'; object-src 'none'; frame-src 'none'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'`;

/** Code that ran, dialogs, requests to other hosts, and violations of the content security policy. */
const incidents: string[] = [];

function recordIncidents(): void {
  if (document.querySelector("meta[name=watched]")) return;
  const meta = document.createElement("meta");
  meta.httpEquiv = "Content-Security-Policy";
  meta.name = "watched";
  meta.content = policy;
  document.head.append(meta);
  document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample, sourceFile }) => {
    incidents.push(`${violatedDirective} ${blockedURI} ${sample} ${sourceFile}`);
  });
  for (const name of ["hit", "alert", "confirm", "prompt", "open"]) {
    Object.defineProperty(window, name, { configurable: true, value: () => incidents.push(name) });
  }
  performance.setResourceTimingBufferSize(10_000);
  new PerformanceObserver((list) => {
    for (const { name } of list.getEntries()) {
      if (![location.host, pictures].includes(new URL(name).host)) incidents.push(`request to ${name}`);
    }
  }).observe({ type: "resource", buffered: false });
}

/** Waits for started work. */
async function settled(): Promise<void> {
  await act(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  });
}

function show(ui: ReactElement, client: CoviuClient) {
  return render(withCoviu(ui, { client, pictureHosts: [pictures] }));
}

function roots(): Element[] {
  return [...document.querySelectorAll(".coviu")];
}

const plainTags =
  /^(a|bdi|br|button|details|dialog|div|fieldset|form|h[1-4]|header|input|label|legend|li|option|p|path|section|select|span|summary|svg|textarea|time|ul)$/;

/** Elements and attributes that must not be in the page. */
function forbiddenMarkup(): string[] {
  return roots().flatMap((root) =>
    [...root.querySelectorAll("*")].flatMap((element) => {
      const tag = element.localName;
      const found: string[] = [];
      if (tag === "img") {
        const { src } = element instanceof HTMLImageElement ? element : { src: "" };
        if (new URL(src).host !== pictures || new URL(src).protocol !== "https:") found.push(`picture ${src}`);
      } else if (!plainTags.test(tag)) found.push(`<${tag}>`);
      for (const { name, value } of element.attributes) {
        // Text for screen readers is also hidden by an inline style.
        if (name === "style" && value.startsWith("position: absolute; inline-size: 1px;")) continue;
        if (/^(on.*|srcdoc|style|action|formaction|background|ping)$/.test(name)) found.push(`${tag} ${name}=${value}`);
      }
      const href = element.getAttribute("href");
      if (href !== null && !href.startsWith("#") && !/^https:\/\/([a-z\d-]+\.)*coviu\.com\//.test(href)) {
        found.push(`href ${href}`);
      }
      return found;
    }),
  );
}

const directionMarks = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/** Texts and labels that could change the direction of the text beside them. */
function textsThatTurn(): string[] {
  return roots().flatMap((root) => {
    const named = [...root.querySelectorAll("[aria-label]")].map((element) => element.getAttribute("aria-label") ?? "");
    return [root.textContent, ...named].filter((text) => directionMarks.test(text)).map((text) => text.slice(0, 200));
  });
}

/** Elements that exceed the width of the page, also if a parent clips them. */
function overflowing(width: number): string[] {
  const wide = [...document.querySelectorAll(".coviu, .coviu *")].filter((element) => {
    const { left, right, height } = element.getBoundingClientRect();
    return height > 0 && (right > width + 1 || left < -1) && !element.closest(".coviu-spoken, .coviu-tabs");
  });
  const found = wide.map(
    ({ parentElement, localName, className, textContent }) =>
      `${parentElement?.className} > ${localName}.${className}: ${textContent.slice(0, 60)}`,
  );
  const { scrollWidth = 0 } = document.scrollingElement ?? {};
  return scrollWidth > width ? [`page of ${scrollWidth} px`, ...found] : found;
}

async function expectHarmless({ holds }: Drill, width?: number): Promise<void> {
  await settled();
  await holds("I5", () => expect(incidents).toEqual([]));
  await holds("I5", () => expect(forbiddenMarkup()).toEqual([]));
  await holds("I4", () => expect(textsThatTurn()).toEqual([]));
  if (width) await holds("I6", () => expect(overflowing(width)).toEqual([]));
}

/** Clinic in which every text of sessions and people is hostile. `first` is the index of the first text. */
function hostileClinic(first: number, count = chunk) {
  const at = (index: number) => texts[(first + index) % texts.length] ?? "";
  const sandbox = createSandbox({ now: testNow, seed: count });
  const known = new Map<unknown, number>();
  const person = (index: number) => ({
    display_name: at(index),
    role: index % 3 === 0 ? "HOST" : index % 3 === 1 ? "GUEST" : at(index + 1),
    state: at(index + 2),
    picture: index % 5 === 0 ? `https://${pictures}/${index}.png` : at(index + 3),
    entry_url:
      index % 2 ? at(index + 4) : `https://coviu.com/session/${encodeURIComponent(at(index).replace(/\p{Cs}/gu, ""))}`,
    coviu_user_id: at(index),
    unknown_field: at(index),
  });
  const client = createCoviuClient(
    withEditedResponses(sandbox, (row) => {
      if (!("start_time" in row)) return row;
      const index = known.get(row.session_id) ?? known.size;
      known.set(row.session_id, index);
      return {
        ...row,
        session_name: at(index),
        picture: at(index + 1),
        feature_flags: Array.from({ length: index === 0 ? count : 1 }, (_, flag) => at(flag)),
        team_id: at(index),
        // The first session has one person per text of this part.
        participants: Array.from({ length: index === 0 ? count : 1 }, (_, offset) => ({
          participant_id: `00000000-0000-4000-9000-${String(index * chunk + offset).padStart(12, "0")}`,
          ...person(index + offset),
        })),
      };
    }),
  );
  return { client, at };
}

async function openFirst(count = chunk): Promise<void> {
  const [first] = await waitFor(() => {
    const rows = [...document.querySelectorAll<HTMLElement>(".coviu-session-open")];
    expect(rows.length).toBe(count);
    return rows;
  });
  fireEvent.click(first ?? document.body);
  await waitFor(() => expect(document.querySelectorAll(".coviu-participants > li").length).toBe(count));
}

afterEach(() => {
  vi.restoreAllMocks();
  incidents.length = 0;
});

faultRow("H1", "HTML, scripts and templates in any text of the service are shown as text", [
  ...Array.from({ length: texts.length / chunk }, (_, part) => ({
    name: `500 texts in every field × list, details and people × part ${part + 1}`,
    async run(drill: Drill) {
      recordIncidents();
      await page.viewport(320, 800);
      const consoleError = vi.spyOn(console, "error");
      const { client, at } = hostileClinic(part * chunk);
      const { unmount } = show(<FrontDesk />, client);
      await waitFor(() => expect(document.querySelectorAll(".coviu-session-open").length).toBe(chunk));
      await expectHarmless(drill, 320);
      const names = [...document.querySelectorAll(".coviu-session-open")].map((button) => button.textContent);
      const expected = Array.from({ length: chunk }, (_, index) => shownName(at(index)) ?? "Session without a name");
      await drill.holds("I4", () => expect(names).toEqual(expected));
      await openFirst();
      for (const details of document.querySelectorAll("details")) details.open = true;
      await expectHarmless(drill, 320);
      for (const name of Array.from({ length: chunk }, (_, index) => at(index)).filter((text) =>
        plainTexts.has(text),
      )) {
        // The text is unchanged.
        const shown = [...document.querySelectorAll(".coviu-participant bdi")].map(({ textContent }) => textContent);
        expect(shown.some((text) => text === name || text.startsWith(`${name} (`))).toBe(true);
      }
      // Labels contain the name that is shown.
      for (const item of document.querySelectorAll(".coviu-participants > li")) {
        const name = item.querySelector("bdi")?.textContent ?? "";
        const labels = [...item.querySelectorAll("[aria-label]")].map((part) => part.getAttribute("aria-label") ?? "");
        expect(labels.length).toBeGreaterThanOrEqual(3);
        expect(labels.filter((label) => !label.includes(name))).toEqual([]);
      }
      await drill.holds("I7", () => expect(consoleError.mock.calls.map(String)).toEqual([]));
      unmount();
    },
  })),
  {
    name: "texts as ids of sessions and people × listed and opened × no request",
    async run(drill) {
      recordIncidents();
      await page.viewport(1280, 800);
      const ids = texts.filter((text) => !/^[\w-]*$/.test(text));
      const sandbox = createSandbox({ now: testNow, seed: 20 });
      let next = 0;
      const client = createCoviuClient(
        withEditedResponses(sandbox, (row) =>
          "start_time" in row
            ? {
                ...row,
                session_id: ids[(next += 1)],
                participants: [0, 1].map((offset) => ({
                  participant_id: ids[(next * 7 + offset) % ids.length],
                  display_name: `Ana ${offset}`,
                  role: "GUEST",
                  entry_url: "https://coviu.com/session/1",
                })),
              }
            : row,
        ),
      );
      const { unmount } = show(<FrontDesk />, client);
      await waitFor(() => expect(document.querySelectorAll(".coviu-session-open").length).toBe(20));
      await expectHarmless(drill);
      sandbox.log.clear();
      for (const opener of document.querySelectorAll<HTMLElement>(".coviu-session-open")) {
        fireEvent.click(opener);
        // oxlint-disable-next-line no-await-in-loop -- one after the other
        await waitFor(() => expect(screen.getAllByText("This can’t be sent as it is").length).toBeGreaterThan(0));
        // oxlint-disable-next-line no-await-in-loop
        await expectHarmless(drill);
      }
      await drill.holds("I8", () => expect(sandbox.log.entries()).toEqual([]));
      unmount();
    },
  },
  {
    name: "500 texts × text of the service in a failure",
    async run(drill) {
      recordIncidents();
      await page.viewport(320, 800);
      const sandbox = createSandbox({ now: testNow, seed: "none" });
      const client = createCoviuClient(sandbox);
      const errors: CoviuError[] = [];
      for (const message of texts) {
        sandbox.faults.next({ operation: "getSessionPage", status: 400, body: { error: { message } } });
        // oxlint-disable-next-line no-await-in-loop -- each fault meets the next request
        const error = await listSessions(client).catch((failure: unknown) => failure);
        if (CoviuError.is(error)) errors.push(error);
      }
      expect(errors.length).toBe(texts.length);
      show(
        <div className="coviu">
          {errors.map((error, index) => (
            <FailureNotice key={index} error={error} kind={index % 2 ? "read" : "write"} />
          ))}
        </div>,
        client,
      );
      expect(document.querySelectorAll(".coviu-notice").length).toBe(texts.length);
      await expectHarmless(drill, 320);
      // The text of the service has its own element in each notice.
      const explained = errors.filter(({ explanation }) => explanation);
      expect(document.querySelectorAll(".coviu-notice bdi").length).toBe(explained.length);
    },
  },
  {
    name: "the check itself × a picture, a script and a handler in the page",
    async run({ holds }) {
      recordIncidents();
      const container = document.createElement("div");
      container.className = "coviu";
      document.body.append(container);
      const picture = document.createElement("img");
      picture.src = "https://evil.example/a.png";
      container.append(picture);
      await holds("I5", () => waitFor(() => expect(incidents.join()).toMatch(/img-src https:\/\/evil\.example/)));
      expect(() => {
        container.innerHTML = "<svg onload=hit()>";
      }).toThrow(TypeError);
      await holds("I5", () => waitFor(() => expect(incidents.join()).toContain("require-trusted-types-for")));
      expect(forbiddenMarkup()).toEqual(["picture https://evil.example/a.png"]);
      container.remove();
    },
  },
]);

faultRow("H4", "long texts, stacked characters and characters that change direction stay in their place", [
  ...["ltr", "rtl"].flatMap((dir) =>
    [320, 1280].map((width) => ({
      name: `names of 10,000 characters, with marks and direction overrides × every dialog × ${width} px × ${dir}`,
      async run(drill: Drill) {
        recordIncidents();
        await page.viewport(width, 800);
        document.documentElement.dir = dir;
        const first = texts.indexOf("\u202egnp.exe");
        const count = 20;
        const { client } = hostileClinic(first, count);
        const { unmount } = show(<FrontDesk />, client);
        await openFirst(count);
        const kinds = [
          ".coviu-participant button[aria-label^='Edit ']",
          ".coviu-participant button[aria-label^='Remove ']",
          ".coviu-participant button[aria-label^='Copy host link']",
          ".coviu-session-details > .coviu-section > .coviu-row > button",
        ];
        for (const kind of kinds) {
          const buttons = document.querySelectorAll<HTMLElement>(kind);
          expect(buttons.length).toBeGreaterThan(1);
          for (const button of [...buttons].slice(0, 5)) {
            fireEvent.click(button);
            // oxlint-disable-next-line no-await-in-loop -- one dialog after the other
            const dialog = await waitFor(() => {
              const opened = document.querySelector(".coviu-dialog");
              if (!opened) throw new Error("no dialog yet");
              return opened;
            });
            // oxlint-disable-next-line no-await-in-loop
            await expectHarmless(drill, width);
            fireEvent.keyDown(document.activeElement ?? dialog, { key: "Escape" });
            // oxlint-disable-next-line no-await-in-loop
            await waitFor(() => expect(dialog.isConnected).toBe(false));
          }
        }
        unmount();
        document.documentElement.dir = "";
      },
    })),
  ),
  {
    name: "texts with invisible characters × typed into the booking form × 320 px",
    async run(drill) {
      recordIncidents();
      await page.viewport(320, 800);
      const { client } = hostileClinic(0, 20);
      const { unmount } = show(<FrontDesk />, client);
      fireEvent.click(await screen.findByRole("button", { name: "Book a session" }));
      const dialog = await screen.findByRole("dialog");
      const invisibleTexts = texts
        .filter((text) => text.length < 99 && /[^\P{C}\s\u200c\u200d]/u.test(text))
        .slice(0, 30);
      for (const value of invisibleTexts) {
        for (const label of ["Session name", "Name of person 1"]) {
          fireEvent.change(within(dialog).getByLabelText(label), { target: { value } });
        }
        // oxlint-disable-next-line no-await-in-loop -- one after the other
        await drill.holds("I4", () => expect(dialog.textContent).toMatch(/Has characters that can’t be seen/));
        // oxlint-disable-next-line no-await-in-loop
        await expectHarmless(drill, 320);
      }
      unmount();
    },
  },
  {
    name: "a stack of marks × does not cover the rows above and below",
    async run({ holds }) {
      await page.viewport(1280, 800);
      const people: Participant[] = texts
        .filter((text) => /\p{M}{12}/u.test(text))
        .map((display_name, index) => ({ participant_id: `p${index}`, display_name, role: "GUEST" }));
      expect(people.length).toBeGreaterThan(10);
      const { client } = hostileClinic(0);
      show(
        <div className="coviu">
          {people.map((person) => (
            <p key={person.participant_id}>
              <bdi className="name">{shownName(person.display_name)}</bdi>
            </p>
          ))}
        </div>,
        client,
      );
      // No script has more than six marks on a letter.
      const shownNames = [...document.querySelectorAll(".name")].map(({ textContent }) => textContent);
      await holds("I4", () => expect(shownNames.filter((text) => /[\p{M}\u200c\u200d]{7}/u.test(text))).toEqual([]));
    },
  },
  {
    name: "a name that ends in a role × the real role is outside the name and the only one with its style",
    async run({ holds }) {
      await page.viewport(320, 800);
      const { client } = hostileClinic(texts.indexOf(kitTexts[0] ?? ""));
      show(<FrontDesk />, client);
      await openFirst();
      const tags = [...document.querySelectorAll<HTMLElement>(".coviu-tag")];
      const hosts = tags.filter((tag) => tag.dataset.role === "host");
      await holds("I4", () => expect(tags.length).toBe(chunk));
      await holds("I4", () => expect(new Set(hosts.map((tag) => tag.textContent))).toEqual(new Set(["Host"])));
      await holds("I4", () =>
        expect(tags.filter((tag) => tag.dataset.role !== "host" && /^h.?o.?s.?t/iu.test(tag.textContent))).toEqual([]),
      );
      for (const tag of tags) {
        const name = tag.parentElement?.querySelector("bdi");
        expect(name && getComputedStyle(name).unicodeBidi).toBe("isolate");
        expect(name?.contains(tag)).toBe(false);
      }
    },
  },
]);

faultRow(
  "H8",
  "a name that looks like a message of the kit is quoted and isolated",
  kitTexts.map((name) => ({
    name: `“${name}” × copying, removing and failing`,
    async run({ holds }: Drill) {
      const sandbox = createSandbox({ now: testNow });
      const client = createCoviuClient(
        withEditedResponses(sandbox, (row) => ("participant_id" in row ? { ...row, display_name: name } : row)),
      );
      const { content } = await listSessions(client);
      const session = content.find(({ session_name }) => session_name === "Knee rehab follow-up");
      const { unmount } = show(<ParticipantList sessionId={session?.session_id ?? ""} />, client);
      vi.spyOn(navigator.clipboard, "writeText").mockResolvedValue();
      const shown = shownName(name) ?? "";
      const marked = (element: Element) => [...element.querySelectorAll("bdi")].map(({ textContent }) => textContent);
      /** Text of the kit, without names. */
      const ownText = (element: Element) => {
        const copy = element.cloneNode(true);
        if (copy instanceof Element) for (const name of copy.querySelectorAll("bdi")) name.remove();
        return copy.textContent?.trim();
      };
      const copy = await screen.findAllByRole("button", { name: /^Copy link for/ });
      fireEvent.click(copy.at(-1) ?? document.body);
      const copied = await waitFor(() => {
        const notice = document.querySelector(".coviu-entry-link .coviu-notice");
        if (!notice) throw new Error("no notice yet");
        return notice;
      });
      await holds("I4", () => expect(ownText(copied)).toMatch(/^Link for\s+\(guest\) copied$/));
      await holds("I4", () => expect(marked(copied).join().startsWith(shown)).toBe(true));

      fireEvent.click(screen.getAllByRole("button", { name: /^Remove / }).at(-1) ?? document.body);
      const question = await screen.findByRole("alertdialog");
      await holds("I4", () => expect(ownText(within(question).getByRole("heading"))).toBe("Remove ?"));
      sandbox.faults.next({ operation: "deleteSessionParticipant", status: 403, body: { error: { message: name } } });
      fireEvent.click(within(question).getAllByRole("button").at(-1) ?? document.body);
      const alert = await within(question).findByRole("alert");
      await holds("I4", () => expect(ownText(alert)).toMatch(/The service says: “”$/));
      fireEvent.click(within(question).getAllByRole("button").at(-1) ?? document.body);
      await waitFor(() => expect(question).not.toBeInTheDocument());
      const done = await waitFor(() => {
        const notice = document.querySelector(".coviu-participant-list > .coviu-live > .coviu-notice");
        if (!notice) throw new Error("no notice yet");
        return notice;
      });
      await holds("I4", () => expect([ownText(done), marked(done)]).toEqual(["removed", [shown]]));
      await holds("I4", () => {
        const name = done.querySelector("bdi");
        return expect(name && getComputedStyle(name).unicodeBidi).toBe("isolate");
      });
      unmount();
    },
  })),
);

faultRow("H2", "an entry link leads to a trusted host or is refused with a sentence", [
  ...Array.from({ length: addresses.length / chunk }, (_, part) => ({
    name: `400 hostile URLs × shown, copied and opened × part ${part + 1}`,
    async run(drill: Drill) {
      recordIncidents();
      await page.viewport(1280, 800);
      const writes = vi.spyOn(navigator.clipboard, "writeText");
      const partUrls = addresses.slice(part * chunk, (part + 1) * chunk);
      const { client } = hostileClinic(0);
      const session = { start_time: "2026-01-11T22:30:00.000Z", end_time: "2026-01-11T23:30:00.000Z" };
      show(
        <>
          {partUrls.map((entry_url, index) => (
            <EntryLink
              key={index}
              data-testid="link"
              participant={{ participant_id: `p${index}`, role: index % 2 ? "HOST" : "GUEST", entry_url }}
              session={session}
            />
          ))}
        </>,
        client,
      );
      await expectHarmless(drill);
      const links = screen.getAllByTestId("link");
      expect(links.length).toBe(chunk);
      await drill.holds("I5", () => expect(document.querySelectorAll(".coviu a").length).toBe(0));
      await drill.holds("I5", () => expect(document.querySelectorAll(".coviu button").length).toBe(0));
      await drill.holds("I5", () => expect(writes).not.toHaveBeenCalled());
      for (const link of links) {
        expect(link).toHaveTextContent(/^(This link leads to an address that isn’t trusted here|The service gave no)/);
      }
      const markup = document.body.outerHTML;
      await drill.holds("I5", () =>
        expect(partUrls.filter((address) => address.length > 12 && markup.includes(address))).toEqual([]),
      );
    },
  })),
  {
    name: "hostile URLs × own entry in the details of an active session",
    async run(drill) {
      recordIncidents();
      const sandbox = createSandbox({ now: testNow, seed: chunk });
      let next = 0;
      const client = createCoviuClient(
        withEditedResponses(sandbox, (row) =>
          "start_time" in row
            ? {
                ...row,
                start_time: "2026-01-11T22:30:00.000Z",
                end_time: "2026-01-11T23:30:00.000Z",
                participants: [
                  {
                    participant_id: "p",
                    display_name: "Dr Amara Okafor",
                    role: "HOST",
                    state: "me",
                    entry_url: addresses[((next += 1) * 4) % addresses.length],
                  },
                ],
              }
            : row,
        ),
      );
      const { content } = await listSessions(client);
      show(
        <>
          {content.map(({ session_id }) => (
            <SessionDetails key={session_id} sessionId={session_id} joinAs="me" />
          ))}
        </>,
        client,
      );
      await waitFor(() => expect(document.querySelectorAll(".coviu-participants > li").length).toBe(chunk));
      await expectHarmless(drill);
      await drill.holds("I5", () => expect(document.querySelectorAll(".coviu a").length).toBe(0));
      await drill.holds("I4", () => expect(screen.queryAllByText("Join")).toEqual([]));
    },
  },
]);

faultRow("H3", "a picture comes from a listed host, without a referrer, or initials are shown", [
  ...Array.from({ length: addresses.length / chunk }, (_, part) => ({
    name: `400 hostile URLs × as picture of people and sessions × part ${part + 1}`,
    async run(drill: Drill) {
      recordIncidents();
      await page.viewport(1280, 800);
      const partUrls = addresses.slice(part * chunk, (part + 1) * chunk);
      const sandbox = createSandbox({ now: testNow, seed: chunk });
      let next = 0;
      const client = createCoviuClient(
        withEditedResponses(sandbox, (row) =>
          "participant_id" in row || "start_time" in row
            ? { ...row, display_name: "Ana Lee", role: "HOST", picture: partUrls[(next += 1) % chunk] }
            : row,
        ),
      );
      const { unmount } = show(<FrontDesk />, client);
      await waitFor(() => expect(document.querySelectorAll(".coviu-session-open").length).toBe(chunk));
      await expectHarmless(drill);
      await drill.holds("I5", () => expect(document.querySelectorAll("img").length).toBe(0));
      expect(document.querySelectorAll(".coviu-session-host .coviu-avatar").length).toBe(chunk);
      unmount();
    },
  })),
  {
    name: "a picture of a listed host × without a referrer × initials if it can't be loaded",
    async run({ holds }) {
      recordIncidents();
      await page.viewport(1280, 800);
      const sandbox = createSandbox({ now: testNow });
      const client = createCoviuClient(
        withEditedResponses(sandbox, (row) =>
          "participant_id" in row || "start_time" in row ? { ...row, picture: `https://${pictures}/a.png` } : row,
        ),
      );
      const { unmount } = show(<FrontDesk />, client);
      const [opener] = await screen.findAllByRole("button", { name: "Knee rehab follow-up" });
      const before = [...document.querySelectorAll("img")];
      expect(before.length).toBeGreaterThan(3);
      for (const picture of before) {
        expect(picture.alt).toBe("");
        expect(picture.referrerPolicy).toBe("no-referrer");
        expect(picture.loading).toBe("lazy");
      }
      fireEvent.click(opener ?? document.body);
      await screen.findByRole("region", { name: "Knee rehab follow-up" });
      for (const picture of document.querySelectorAll("img")) {
        expect(picture.loading).toBe("lazy");
        expect(picture.referrerPolicy).toBe("no-referrer");
        fireEvent.error(picture);
      }
      await holds("I4", () => expect(document.querySelectorAll("img").length).toBe(0));
      await holds("I4", () => expect(screen.getAllByText("TW").length).toBeGreaterThan(0));
      unmount();
    },
  },
]);

faultRow(
  "U6",
  "entry links are hidden until they are shown, and never printed",
  ["masked", "revealed", "refused"].map((state) => ({
    name: `FrontDesk with an active session × ${state} × print`,
    async run({ holds }: Drill) {
      await page.viewport(1280, 900);
      const sandbox = createSandbox({ now: testNow });
      const client = createCoviuClient(sandbox);
      const { unmount } = show(<FrontDesk joinAs="clinician-okafor" />, client);
      const [opener] = await screen.findAllByRole("button", { name: "Blood pressure review" });
      fireEvent.click(opener ?? document.body);
      const list = await screen.findByRole("region", { name: /^People/ });
      const people = await within(list).findAllByRole("group", { name: /^Entry link/ });
      vi.spyOn(navigator.clipboard, "writeText").mockRejectedValue(new DOMException("denied", "NotAllowedError"));
      for (const person of people) {
        const name = state === "revealed" ? /^Show link/ : /^Copy link/;
        const button = state === "masked" ? null : within(person).queryByRole("button", { name });
        if (button) fireEvent.click(button);
      }
      await settled();
      expect(document.querySelectorAll(".coviu a[href^='https://coviu.com/']").length).toBeGreaterThan(0);
      // Texts and values of elements that are laid out.
      const visibleLinks = () =>
        [...document.querySelectorAll<HTMLElement>(".coviu a[href^=https], .coviu input, .coviu span")]
          .filter((element) => element.getClientRects().length > 0)
          .map((element) => `${element.textContent} ${element.getAttribute("href")} ${element.getAttribute("value")}`)
          .filter((text) => text.includes("coviu.com/session/"));
      // Only Join has an entry link before the user shows one.
      const shown = visibleLinks().filter((text) => !text.startsWith("Join "));
      // The same after a refused copy.
      if (state === "revealed") expect(shown.length).toBeGreaterThan(0);
      else await holds("I5", () => expect(shown).toEqual([]));
      await cdp().send("Emulation.setEmulatedMedia", { media: "print" });
      try {
        expect(matchMedia("print").matches).toBe(true);
        await holds("I5", () => expect(visibleLinks()).toEqual([]));
        await holds("I5", () => expect(document.body.innerText).not.toMatch(/coviu\.com|Entry link/));
        await holds("I4", () => expect(document.body.innerText).toMatch(/Blood pressure review/));
      } finally {
        await cdp().send("Emulation.setEmulatedMedia", { media: "" });
      }
      unmount();
    },
  })),
);
