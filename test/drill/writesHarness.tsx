import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { type ReactElement, StrictMode } from "react";
import { vi } from "vitest";

import { createCoviuClient } from "../../src/api/client.ts";
import type { Operation } from "../../src/api/operations.ts";
import type { Participant, Session } from "../../src/api/schemas.ts";
import { CoviuProvider } from "../../src/provider/CoviuProvider.tsx";
import { createSandbox } from "../../src/sandbox/index.ts";
// There before it is asked for: how long that takes is not of interest here.

/** Monday 12 January 2026, 9:52 am in Sydney. */
const opening = Date.parse("2026-01-11T22:52:00Z");

/** What becomes of a request on its way to the server and back. Milliseconds. */
export type Fate =
  | "fine"
  /** Never arrives. */
  | "lost"
  /** Arrives, and the connection breaks before an answer. */
  | "cut"
  /** The connection breaks at once; what was sent arrives so much later. */
  | { late: number }
  /** Arrives and is answered so much later, also when nobody waits any more. */
  | { slow: number }
  /** The answer is this instead, and it was done before or not. */
  | { status: number; done: boolean; after?: number }
  /** The answer is no JSON. */
  | "garbage";

interface Rule {
  method: string;
  path: RegExp;
  fate: Fate | (() => Fate);
}

/** A server on a clock that only the test moves, and a network in which a test decides what becomes of each request. */
export function createRig() {
  vi.useFakeTimers({
    now: opening,
    toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date", "performance"],
  });
  // Signatures are checked on other threads, whose time is nobody's to move.
  vi.spyOn(crypto.subtle, "verify").mockResolvedValue(true);
  vi.spyOn(crypto.subtle, "sign").mockResolvedValue(new ArrayBuffer(32));
  const sandbox = createSandbox({ now: () => new Date(), seed: "none" });
  const rules: Rule[] = [];
  const said: string[] = [];
  const ear = new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes) {
      if (!(target instanceof Element && target.matches("[aria-live]"))) continue;
      for (const { textContent } of addedNodes) said.push(unmarked(textContent ?? ""));
    }
  });
  ear.observe(document.body, { childList: true, subtree: true });

  async function fetchThroughNetwork(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    const { signal, ...rest } = init ?? {};
    const request = new Request(input, rest);
    signal?.throwIfAborted();
    const { pathname } = new URL(request.url);
    const index = rules.findIndex(({ method, path }) => method === request.method && path.test(pathname));
    const [rule] = index < 0 ? [] : rules.splice(index, 1);
    const fate = typeof rule?.fate === "function" ? rule.fate() : (rule?.fate ?? "fine");
    // The server goes on with what it has got, whoever waits.
    const arrive = () => sandbox.fetch(request.clone());
    const gone = new TypeError("Failed to fetch");

    if (fate === "fine") return arrive();
    if (fate === "lost") throw gone;
    if (fate === "cut") return arrive().then(() => Promise.reject(gone));
    if (fate === "garbage") return arrive().then(() => new Response("<html>", { status: 200 }));
    if ("late" in fate) {
      setTimeout(() => void arrive(), fate.late);
      throw gone;
    }
    if ("slow" in fate) {
      const answer = new Promise<Response>((resolve) => {
        setTimeout(() => resolve(arrive()), fate.slow);
      });
      const givenUp = new Promise<never>((_, reject) => {
        signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
      });
      return Promise.race([answer, givenUp]);
    }
    await new Promise((resolve) => {
      setTimeout(resolve, fate.after ?? 0);
    });
    if (fate.done) await arrive();
    return new Response("{}", { status: fate.status, headers: { "content-type": "application/json" } });
  }

  const connect = () => createCoviuClient({ ...sandbox, fetch: fetchThroughNetwork });
  const client = connect();
  const provided = (ui: ReactElement, own = client) => (
    <CoviuProvider client={own} timeZone="Australia/Sydney" locale="en-AU">
      {ui}
    </CoviuProvider>
  );

  return {
    sandbox,
    client,
    /** Another person's, in another browser. */
    connect,
    show(ui: ReactElement) {
      const view = render(provided(ui));
      return { ...view, change: (other: ReactElement) => view.rerender(provided(other)) };
    },
    /** With every effect and rendering twice, where that could do something twice. */
    showStrictly: (ui: ReactElement) => render(<StrictMode>{provided(ui)}</StrictMode>),
    /** For another person. */
    showFor: (own: typeof client, ui: ReactElement) => render(provided(ui, own)),
    /** Decides about the next request of this kind that is not decided about. */
    next: (method: string, path: RegExp, fate: Rule["fate"], times = 1) => {
      for (let time = 0; time < times; time += 1) rules.push({ method, path, fate });
    },
    clearRules: () => rules.splice(0),
    /** What screen readers were given to say, one announcement after the other, without what interrupts by its role. */
    said,
    /** What reached the server: "POST /sessions". */
    reached: () =>
      sandbox.log
        .entries()
        .flatMap(({ operation, method, path }) =>
          operation === "token" ? [] : `${method} ${path.replace("/v1", "").replace(/[\da-f]{8}-[\da-f-]+/, ":id")}`,
        ),
    /** Someone else does something, at the server itself. */
    async other(method: string, path: string, body?: object): Promise<Response> {
      const token = await sandbox.getAccessToken({ forceRefresh: false, signal: new AbortController().signal });
      return sandbox.app.request(`/v1/${path}`, {
        method,
        headers: { authorization: `Bearer ${typeof token === "string" ? token : token.accessToken}` },
        ...(body && { body: JSON.stringify(body) }),
      });
    },
    count: (operation: Operation) => sandbox.log.count({ operation }),
    /** The sessions of the server that are to be held. */
    async sessions(): Promise<Session[]> {
      const response = await this.other("GET", "sessions?page_size=200");
      const { content }: { content: Session[] } = await response.json();
      return content;
    },
    async session(body: object = {}): Promise<Session & { participants: Participant[] }> {
      const response = await this.other("POST", "sessions", {
        session_name: "Knee rehab",
        start_time: "2026-01-11T23:30:00.000Z",
        end_time: "2026-01-12T00:00:00.000Z",
        participants: [
          { display_name: "Dr Amara Okafor", role: "HOST" },
          { display_name: "Ana Lee", role: "GUEST" },
        ],
        ...body,
      });
      const made = await response.json();
      sandbox.log.clear();
      return made;
    },
    dispose(): void {
      ear.disconnect();
      cleanup();
      vi.useRealTimers();
      vi.restoreAllMocks();
      sessionStorage.clear();
    },
  };
}

export type Rig = ReturnType<typeof createRig>;

/** Runs with a rig of its own, which is put away in any case. */
export function withRig<Rest extends unknown[]>(run: (rig: Rig, ...rest: Rest) => Promise<void>) {
  return async (...rest: Rest): Promise<void> => {
    const rig = createRig();
    try {
      await run(rig, ...rest);
    } finally {
      rig.dispose();
    }
  };
}

/** Lets time pass, and everything that is due in it happen. */
export function pass(milliseconds = 0): Promise<void> {
  return act(async () => {
    await vi.advanceTimersByTimeAsync(milliseconds);
    for (let turn = 0; turn < 2; turn += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one turn comes after the other
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    }
    // A timer without a delay that was set by a timer is due in the next millisecond.
    await vi.advanceTimersByTimeAsync(2);
  });
}

/** Lets time pass until something is so, and gives how long that took. What never is so is an error. */
export async function until(isSo: () => unknown, longest = 40_000, step = 1000): Promise<number> {
  for (let time = 0; time <= longest; time += step) {
    // oxlint-disable-next-line no-await-in-loop
    await pass(time === 0 ? 0 : step);
    if (isSo()) return time;
  }
  throw new Error(`${String(isSo)} was not so in ${longest} ms: ${screenText()}`);
}

export const field = (label: string) => screen.getByLabelText<HTMLInputElement>(label);

export function type(label: string, value: string): void {
  fireEvent.change(field(label), { target: { value } });
}

/** By its words, which is quicker than by role. */
export function button(words: string | RegExp): HTMLButtonElement | undefined {
  return [...document.querySelectorAll("button")].find((one) => {
    const name = (one.getAttribute("aria-label") ?? one.textContent).replace(/\s/g, " ");
    return typeof words === "string" ? name === words : words.test(name);
  });
}

export function press(words: string | RegExp): void {
  const found = button(words);
  if (!found) throw new Error(`There is no button ${words} in: ${document.body.textContent}`);
  act(() => found.focus());
  fireEvent.click(found);
}

/** What can be read on the screen, without what only screen readers get. */
export function screenText(): string {
  const seen = document.importNode(document.body, true);
  for (const part of seen.querySelectorAll("[aria-live], .coviu-spoken")) part.remove();
  return unmarked(seen.textContent.replace(/\s+/g, " "));
}

/** Without the marks around names. */
function unmarked(text: string): string {
  return text.replace(/[\u2068\u2069]/g, "");
}

/** Numbers from 0 to below 1, the same for the same seed. */
export function randomOf(seed: number): () => number {
  let state = seed * 2_654_435_761;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
