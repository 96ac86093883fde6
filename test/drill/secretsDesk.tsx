import type { QueryClient } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { expect, vi } from "vitest";

import {
  createCoviuClient,
  createSession,
  FrontDesk,
  listSessions,
  removeParticipant,
  useCoviu,
} from "../../src/index.ts";
import {
  type CanaryFinding,
  type CanaryWatch,
  createSandbox,
  type Sandbox,
  watchCanaries,
} from "../../src/sandbox/index.ts";
import { withCoviu } from "../render.tsx";
import type { Drill } from "./faultRow.ts";

/** Names that occur nowhere else, with characters that encodings change. */
export const people = {
  host: 'Dr Zoë "Zed" Quillfeather',
  guest: "Ñandú O’Canary & Søn",
  removed: "Ülkü Gone-Canary",
  booked: "Wiremu <Canary> Tāne",
  renamed: "Ñandú Renamed-Canary",
  added: "Ångström Added-Canary",
};
export const visits = {
  planned: "Canary’s knee “review”",
  running: "Canary’s running visit",
  booked: "Canary’s first visit",
};
const began = Date.parse("2026-01-11T22:52:00Z");
const at = (minutes: number) => new Date(began + minutes * 60_000).toISOString();

const realSetTimeout = setTimeout;

/** Secrets that a server could quote. */
export interface Quotes {
  name: string;
  link: string;
  id: string;
  token: string;
}
export const quoted = ({ name, link, id, token }: Quotes) => `${name} ${link} ${id} ${token}`;

export interface Desk {
  sandbox: Sandbox;
  watch: CanaryWatch;
  quotes: Quotes;
  /** Waits until every request has ended. */
  settled: () => Promise<void>;
}

export interface DeskSettings {
  /** Wraps the desk in elements of the app. */
  app?: ((desk: ReactNode) => ReactNode) | undefined;
  /** Prepares faults before the page renders. */
  before?: ((desk: Desk) => void) | undefined;
  getAccessToken?: ((quotes: Quotes) => Promise<string>) | undefined;
  /** Minutes since the sessions were booked. */
  minutes?: number | undefined;
  timeoutMs?: number | undefined;
}

/** Renders FrontDesk of a clinic whose people are canaries. The watch starts before the first request. */
export async function openDesk(settings: DeskSettings = {}): Promise<Desk> {
  const { app = (desk) => desk, before, getAccessToken, minutes = 0, timeoutMs } = settings;
  // Retries have no wait.
  vi.spyOn(Math, "random").mockReturnValue(0);
  // Checks of pending writes wait 20 ms in place of seconds.
  vi.stubGlobal("setTimeout", (run: () => void, time = 0) =>
    realSetTimeout(run, time === 2000 || time === 4000 ? 20 : time),
  );
  const sandbox = await createClinic();
  sandbox.clock.set(at(minutes));
  const canaries = () => [...sandbox.canaries(), ...Object.values(people).map((value) => ({ kind: "name", value }))];
  // Vitest reports failures with the page over a socket.
  const allow = ({ where }: CanaryFinding) => where.includes("/__vitest_browser_api__");
  const watch = watchCanaries({ ...sandbox, canaries, allow });
  const first = (kind: string) => canaries().find((canary) => canary.kind === kind)?.value ?? "";
  const quotes = { name: people.guest, link: first("entry-link"), id: first("participant-id"), token: first("token") };
  let queryClient: QueryClient | undefined;
  const settled = () =>
    waitFor(() => {
      expect([queryClient?.isFetching(), queryClient?.isMutating()]).toEqual([0, 0]);
    });
  const fixture = { sandbox, watch, quotes, settled };
  before?.(fixture);
  const client = createCoviuClient({
    ...sandbox,
    fetch: watch.fetch,
    timeouts: { request: timeoutMs },
    onDrift: (drift) => watch.inspect("onDrift", drift),
    ...(getAccessToken && { getAccessToken: () => getAccessToken(quotes) }),
  });
  const desk = (
    <>
      <Reporter watch={watch} onReady={(created) => (queryClient = created)} />
      <FrontDesk joinAs="me" />
    </>
  );
  render(app(withCoviu(desk, { client, now: sandbox.clock.now })));
  return fixture;
}

/** Sandbox with a session in a minute and one in an hour, each with a host, a guest and a removed person. */
async function createClinic(): Promise<Sandbox> {
  const sandbox = createSandbox({ now: at(0), seed: "none" });
  const client = createCoviuClient(sandbox);
  const participants = [
    { display_name: people.host, role: "HOST", state: "me" },
    { display_name: people.guest },
    { display_name: people.removed },
  ];
  await createSession(client, { session_name: visits.running, start_time: at(1), end_time: at(40), participants });
  await createSession(client, { session_name: visits.planned, start_time: at(60), end_time: at(90), participants });
  const { content } = await listSessions(client);
  await Promise.all(
    content.map((session) => removeParticipant(client, session.participants?.at(-1)?.participant_id ?? "")),
  );
  sandbox.log.clear();
  return sandbox;
}

/** Passes every error to the watch, as an error reporter of an app would. */
function Reporter({ watch, onReady }: { watch: CanaryWatch; onReady: (queryClient: QueryClient) => void }) {
  const { queryClient } = useCoviu();
  onReady(queryClient);
  const report = (error: unknown) => {
    if (!(error instanceof Error)) return;
    watch.inspect("the error report", [String(error), error, JSON.stringify(error), structuredClone(error)]);
  };
  queryClient.getQueryCache().subscribe(({ query }) => report(query.state.error));
  queryClient.getMutationCache().subscribe(({ mutation }) => report(mutation?.state.error));
  return null;
}

/** Ends the page and the watch, and expects no findings. */
export async function expectNoFindings({ watch }: Desk, { holds }: Drill): Promise<void> {
  const found = await watch.found();
  watch.stop();
  cleanup();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  await holds("I5", () => expect(found).toEqual([]));
}

/** Button with this label or text. A query by role would take most of the time of the test. */
export function button(name: string | RegExp): Promise<HTMLElement> {
  const matches = (text: string) => (typeof name === "string" ? text === name : name.test(text));
  return element(`button ${name}`, () =>
    [...document.querySelectorAll("button")].findLast((found) =>
      matches(found.getAttribute("aria-label") ?? found.textContent.trim()),
    ),
  );
}

export function heading(name: string): Promise<HTMLElement> {
  return element(`heading ${name}`, () =>
    [...document.querySelectorAll("h2")].find(({ textContent }) => textContent === name),
  );
}

/** Notice of a failed read or write. */
const failure = ".coviu-notice:is([role=alert], [data-tone=danger], [data-tone=warning])";

export function failureNotice(): Promise<HTMLElement> {
  return element("failure", () => document.querySelector<HTMLElement>(failure) ?? undefined);
}

/** Waits until the page has a text, also for screen readers only. Marks around names are ignored. */
export function findText(text: string): Promise<void> {
  return waitFor(() => expect(document.body.textContent.replace(/[\u2068\u2069]/g, "")).toContain(text));
}

function element(description: string, find: () => HTMLElement | undefined): Promise<HTMLElement> {
  return waitFor(() => {
    const found = find();
    if (!found) throw new Error(`There is no ${description}`);
    return found;
  });
}

export async function press(name: string | RegExp): Promise<void> {
  fireEvent.click(await button(name));
}

export async function type(label: string, value: string): Promise<void> {
  fireEvent.change(await screen.findByLabelText(label, { selector: "input" }), { target: { value } });
}
