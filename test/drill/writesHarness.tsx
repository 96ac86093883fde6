import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { type ReactElement, StrictMode } from "react";
import { vi } from "vitest";

import { createCoviuClient } from "../../src/api/client.ts";
import type { Operation } from "../../src/api/operations.ts";
import type { Participant, Session } from "../../src/api/schemas.ts";
import { CoviuProvider } from "../../src/provider/CoviuProvider.tsx";
import { createSandbox } from "../../src/sandbox/index.ts";
import { testNow } from "../harness/testTime.ts";
import { tokenOf } from "../sandbox/connect.ts";

/** Outcome of a request on its way to the server and back. */
export type RequestOutcome =
  | "delivered"
  /** Never arrives. */
  | "lost"
  /** Arrives, and the connection breaks before the response. */
  | "response-lost"
  /** The connection breaks at once, and the request arrives later. */
  | { arrivesAfterMs: number }
  /** Arrives and gets its response after this time, also if the client has aborted it. */
  | { respondsAfterMs: number }
  /** This status is the response. The request was done or not. */
  | { status: number; done: boolean; afterMs?: number }
  /** The response is HTML. */
  | "html";

interface Rule {
  method: string;
  path: RegExp;
  outcome: RequestOutcome | (() => RequestOutcome);
}

/** Creates a sandbox on fake time, and a network in which the test sets the outcome of each request. */
export function createHarness() {
  vi.useFakeTimers({
    now: new Date(testNow),
    toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date", "performance"],
  });
  // Signatures are verified on other threads, which fake time does not control.
  vi.spyOn(crypto.subtle, "verify").mockResolvedValue(true);
  vi.spyOn(crypto.subtle, "sign").mockResolvedValue(new ArrayBuffer(32));
  const sandbox = createSandbox({ now: () => new Date(), seed: "none" });
  const rules: Rule[] = [];
  const announcements: string[] = [];
  const observer = new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes) {
      if (!(target instanceof Element && target.matches("[aria-live]"))) continue;
      for (const { textContent } of addedNodes) announcements.push(withoutMarks(textContent ?? ""));
    }
  });
  observer.observe(document.body, { childList: true, subtree: true });

  async function fetchThroughNetwork(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    const { signal, ...rest } = init ?? {};
    const request = new Request(input, rest);
    signal?.throwIfAborted();
    const { pathname } = new URL(request.url);
    const index = rules.findIndex(({ method, path }) => method === request.method && path.test(pathname));
    const [rule] = index < 0 ? [] : rules.splice(index, 1);
    const outcome = typeof rule?.outcome === "function" ? rule.outcome() : (rule?.outcome ?? "delivered");
    // The server handles the request, also if the client has aborted it.
    const arrive = () => sandbox.fetch(request.clone());
    const networkError = new TypeError("Failed to fetch");

    if (outcome === "delivered") return arrive();
    if (outcome === "lost") throw networkError;
    if (outcome === "response-lost") return arrive().then(() => Promise.reject(networkError));
    if (outcome === "html") return arrive().then(() => new Response("<html>", { status: 200 }));
    if ("arrivesAfterMs" in outcome) {
      setTimeout(() => void arrive(), outcome.arrivesAfterMs);
      throw networkError;
    }
    if ("respondsAfterMs" in outcome) {
      const response = new Promise<Response>((resolve) => {
        setTimeout(() => resolve(arrive()), outcome.respondsAfterMs);
      });
      const aborted = new Promise<never>((_, reject) => {
        signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
      });
      return Promise.race([response, aborted]);
    }
    await new Promise((resolve) => {
      setTimeout(resolve, outcome.afterMs ?? 0);
    });
    if (outcome.done) await arrive();
    return new Response("{}", { status: outcome.status, headers: { "content-type": "application/json" } });
  }

  const connect = () => createCoviuClient({ ...sandbox, fetch: fetchThroughNetwork });
  const client = connect();
  const provided = (ui: ReactElement, ownClient = client) => (
    <CoviuProvider client={ownClient} timeZone="Australia/Sydney" locale="en-AU">
      {ui}
    </CoviuProvider>
  );

  return {
    sandbox,
    client,
    /** Creates the client of another user. */
    connect,
    renderUi(ui: ReactElement) {
      const view = render(provided(ui));
      return { ...view, rerender: (other: ReactElement) => view.rerender(provided(other)) };
    },
    /** Renders in StrictMode. */
    renderStrict: (ui: ReactElement) => render(<StrictMode>{provided(ui)}</StrictMode>),
    /** Renders with the client of another user. */
    renderFor: (ownClient: typeof client, ui: ReactElement) => render(provided(ui, ownClient)),
    /** Sets the outcome of the next matching request that has none. */
    next: (method: string, path: RegExp, outcome: Rule["outcome"], times = 1) => {
      for (let time = 0; time < times; time += 1) rules.push({ method, path, outcome });
    },
    clearRules: () => rules.splice(0),
    /** Announcements in order, without elements of role alert. */
    announcements,
    /** Requests that reached the server, such as "POST /sessions". */
    requests: () =>
      sandbox.log
        .entries()
        .flatMap(({ operation, method, path }) =>
          operation === "token" ? [] : `${method} ${path.replace("/v1", "").replace(/[\da-f]{8}-[\da-f-]+/, ":id")}`,
        ),
    /** Sends a request of another user directly to the server. */
    async requestAsOther(method: string, path: string, body?: object): Promise<Response> {
      return sandbox.app.request(`/v1/${path}`, {
        method,
        headers: { authorization: `Bearer ${await tokenOf(sandbox)}` },
        ...(body && { body: JSON.stringify(body) }),
      });
    },
    count: (operation: Operation) => sandbox.log.count({ operation }),
    /** Sessions of the server that are not canceled. */
    async sessions(): Promise<Session[]> {
      const response = await this.requestAsOther("GET", "sessions?page_size=200");
      const { content }: { content: Session[] } = await response.json();
      return content;
    },
    async bookSession(body: object = {}): Promise<Session & { participants: Participant[] }> {
      const response = await this.requestAsOther("POST", "sessions", {
        session_name: "Knee rehab",
        start_time: "2026-01-11T23:30:00.000Z",
        end_time: "2026-01-12T00:00:00.000Z",
        participants: [
          { display_name: "Dr Amara Okafor", role: "HOST" },
          { display_name: "Ana Lee", role: "GUEST" },
        ],
        ...body,
      });
      const session = await response.json();
      sandbox.log.clear();
      return session;
    },
    dispose(): void {
      observer.disconnect();
      cleanup();
      vi.useRealTimers();
      vi.restoreAllMocks();
      sessionStorage.clear();
    },
  };
}

export type Harness = ReturnType<typeof createHarness>;

/** Runs a function with a new harness, and disposes it. */
export function withHarness<Rest extends unknown[]>(run: (harness: Harness, ...rest: Rest) => Promise<void>) {
  return async (...rest: Rest): Promise<void> => {
    const harness = createHarness();
    try {
      await run(harness, ...rest);
    } finally {
      harness.dispose();
    }
  };
}

/** Advances the fake time, and waits for started work. */
export function pass(ms = 0): Promise<void> {
  return act(async () => {
    await vi.advanceTimersByTimeAsync(ms);
    for (let turn = 0; turn < 2; turn += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one turn comes after the other
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    }
    // A timer without a delay that another timer has set fires in the next millisecond.
    await vi.advanceTimersByTimeAsync(2);
  });
}

/** Advances the fake time until a condition holds, and returns the time that passed. Throws if it does not hold in time. */
export async function until(condition: () => unknown, timeoutMs = 40_000, stepMs = 1000): Promise<number> {
  for (let time = 0; time <= timeoutMs; time += stepMs) {
    // oxlint-disable-next-line no-await-in-loop
    await pass(time === 0 ? 0 : stepMs);
    if (condition()) return time;
  }
  throw new Error(`${String(condition)} did not hold within ${timeoutMs} ms: ${screenText()}`);
}

export const field = (label: string) => screen.getByLabelText<HTMLInputElement>(label);

export function type(label: string, value: string): void {
  fireEvent.change(field(label), { target: { value } });
}

/** Button with this label or text, which is faster than a query by role. */
export function button(label: string | RegExp): HTMLButtonElement | undefined {
  return [...document.querySelectorAll("button")].find((one) => {
    const name = (one.getAttribute("aria-label") ?? one.textContent).replace(/\s/g, " ");
    return typeof label === "string" ? name === label : label.test(name);
  });
}

export function press(label: string | RegExp): void {
  const found = button(label);
  if (!found) throw new Error(`There is no button ${label} in: ${document.body.textContent}`);
  act(() => found.focus());
  fireEvent.click(found);
}

/** Text of the screen, without text for screen readers only. */
export function screenText(): string {
  const body = document.importNode(document.body, true);
  for (const part of body.querySelectorAll("[aria-live], .coviu-spoken")) part.remove();
  return withoutMarks(body.textContent.replace(/\s+/g, " "));
}

/** Text without the isolation marks around names. */
function withoutMarks(text: string): string {
  return text.replace(/[\u2068\u2069]/g, "");
}
