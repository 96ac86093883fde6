import { QueryErrorResetBoundary } from "@tanstack/react-query";
import { act, fireEvent, render, screen } from "@testing-library/react";
import { Activity, Component, type ReactNode, startTransition, Suspense, useState } from "react";
import { hydrateRoot } from "react-dom/client";
import { expect, vi } from "vitest";

import {
  type CoviuClient,
  FrontDesk,
  SessionScheduler,
  useAddParticipant,
  useCancelSession,
  useCreateSession,
  useInfiniteSessions,
  useParticipant,
  useParticipants,
  useRemoveParticipant,
  useSession,
  useSessions,
  useSuspenseInfiniteSessions,
  useSuspenseParticipant,
  useSuspenseParticipants,
  useSuspenseSession,
  useSuspenseSessions,
  useUpdateParticipant,
  useUpdateSession,
} from "../../src/index.ts";
import { inHours } from "../harness/testTime.ts";
import { withCoviu } from "../render.tsx";
import { clinic as renderedClinic } from "../server-render/clinic.ts";
import { type ScreenName, screenOf } from "../server-render/screens.tsx";
import { serverRender } from "../server-render/serverRender.ts";
import { type Clinic, canaryClinic } from "./canaryClinic.ts";
import type { Drill } from "./faultRow.ts";
import { pass, timedFaultRow } from "./timedFaultRow.tsx";

const provided = (client: CoviuClient, children: ReactNode) => withCoviu(children, { client });

const readers = {
  useSessions: () => useSessions(),
  useInfiniteSessions: () => useInfiniteSessions(),
  useSession: ({ sessionId }: Clinic) => useSession(sessionId),
  useParticipants: ({ sessionId }: Clinic) => useParticipants(sessionId),
  useParticipant: ({ personId }: Clinic) => useParticipant(personId),
  useSuspenseSessions: () => useSuspenseSessions(),
  useSuspenseInfiniteSessions: () => useSuspenseInfiniteSessions(),
  useSuspenseSession: ({ sessionId }: Clinic) => useSuspenseSession(sessionId),
  useSuspenseParticipants: ({ sessionId }: Clinic) => useSuspenseParticipants(sessionId),
  useSuspenseParticipant: ({ personId }: Clinic) => useSuspenseParticipant(personId),
} as const;
const readerNames = Object.entries(readers);

function Reader({ clinic, read }: { clinic: Clinic; read: (clinic: Clinic) => { status: string } }) {
  return <p>{read(clinic).status}</p>;
}

function withReader(clinic: Clinic, read: (clinic: Clinic) => { status: string }) {
  return provided(
    clinic.client,
    <Suspense fallback="loading">
      <Reader clinic={clinic} read={read} />
    </Suspense>,
  );
}

/** Records console errors. The returned function expects none. */
function recordConsole() {
  const consoleError = vi.spyOn(console, "error").mockReturnValue();
  return () => expect(consoleError.mock.calls).toEqual([]);
}

timedFaultRow(
  "L1",
  "when a component unmounts during a read, the request is aborted and not retried",
  readerNames.flatMap(([name, read]) => [
    {
      name: `${name} × before the response`,
      async run({ holds }: Drill) {
        const expectNoErrors = recordConsole();
        const clinic = await canaryClinic("QUOKKA");
        const held = clinic.sandbox.faults.hold({});
        const view = render(withReader(clinic, read));
        await act(() => held.reached);
        view.unmount();
        let isAborted = false;
        void held.finished.then(() => (isAborted = true));
        await pass(100);
        // The held response ends without `release`.
        await holds("I8", () => expect(isAborted).toBe(true));
        await holds("I7", expectNoErrors);
      },
    },
    {
      name: `${name} × between two attempts`,
      async run({ holds }: Drill) {
        const expectNoErrors = recordConsole();
        vi.spyOn(Math, "random").mockReturnValue(0.99);
        const clinic = await canaryClinic("QUOKKA");
        clinic.sandbox.faults.next({ status: 503, times: 5 });
        const view = render(withReader(clinic, read));
        await pass(100, 100);
        const sent = clinic.sandbox.log.count();
        view.unmount();
        await pass(10_000);
        await holds("I8", () => expect([sent, clinic.sandbox.log.count()]).toEqual([1, 1]));
        await holds("I7", expectNoErrors);
      },
    },
    {
      name: `${name} × Retry-After of ten seconds`,
      async run({ holds }: Drill) {
        const expectNoErrors = recordConsole();
        const clinic = await canaryClinic("QUOKKA");
        clinic.sandbox.faults.next({ status: 429, headers: { "retry-after": "10" } });
        const view = render(withReader(clinic, read));
        await pass(1000);
        const sent = clinic.sandbox.log.count();
        view.unmount();
        await pass(20_000);
        await holds("I8", () => expect([sent, clinic.sandbox.log.count()]).toEqual([1, 1]));
        await holds("I7", expectNoErrors);
      },
    },
    {
      name: `${name} × during the request for a token`,
      async run({ holds }: Drill) {
        const expectNoErrors = recordConsole();
        let resolveToken: (token: string) => void = () => {};
        const clinic = await canaryClinic("QUOKKA", {
          getAccessToken: () => new Promise<string>((resolve) => (resolveToken = resolve)),
        });
        const view = render(withReader(clinic, read));
        await pass(100);
        view.unmount();
        resolveToken("late");
        await pass(10_000);
        await holds("I8", () => expect(clinic.sandbox.log.count()).toBe(0));
        await holds("I7", expectNoErrors);
      },
    },
  ]),
);

const writers = {
  useCreateSession: () => {
    const { mutateAsync } = useCreateSession();
    return () => mutateAsync({ session_name: "New", start_time: inHours(9), end_time: inHours(10) });
  },
  useUpdateSession: ({ sessionId }: Clinic) => {
    const { mutateAsync } = useUpdateSession();
    return () => mutateAsync({ sessionId, request: { session_name: "New" } });
  },
  useCancelSession: ({ sessionId }: Clinic) => {
    const { mutateAsync } = useCancelSession();
    return () => mutateAsync({ sessionId });
  },
  useAddParticipant: ({ sessionId }: Clinic) => {
    const { mutateAsync } = useAddParticipant();
    return () => mutateAsync({ sessionId, request: { display_name: "New" } });
  },
  useUpdateParticipant: ({ personId }: Clinic) => {
    const { mutateAsync } = useUpdateParticipant();
    return () => mutateAsync({ participantId: personId, request: { display_name: "New" } });
  },
  useRemoveParticipant: ({ personId }: Clinic) => {
    const { mutateAsync } = useRemoveParticipant();
    return () => mutateAsync({ participantId: personId });
  },
} as const;

timedFaultRow("L2", "the double effects of StrictMode send no write and no request for a token twice", [
  ...readerNames.map(([name, read]) => ({
    name,
    async run({ holds }: Drill) {
      const expectNoErrors = recordConsole();
      const clinic = await canaryClinic("QUOKKA");
      render(withReader(clinic, read));
      await pass(2000);
      await holds("I4", () => expect(screen.getByText("success")).toBeVisible());
      await holds("I8", () => expect([clinic.sandbox.log.count(), clinic.tokens()]).toEqual([1, 1]));
      await holds("I7", expectNoErrors);
    },
  })),
  ...Object.entries(writers).map(([name, use]) => ({
    name,
    async run({ holds }: Drill) {
      const expectNoErrors = recordConsole();
      const clinic = await canaryClinic("QUOKKA");
      function Writer() {
        const write = use(clinic);
        return (
          <button type="button" onClick={() => void write()}>
            go
          </button>
        );
      }
      render(provided(clinic.client, <Writer />));
      fireEvent.click(screen.getByRole("button"));
      await pass(2000);
      await holds("I2", () =>
        expect(clinic.sandbox.log.entries().filter(({ method }) => method !== "GET")).toHaveLength(1),
      );
      // Writes that create something read the list first.
      const requests = name === "useCreateSession" || name === "useAddParticipant" ? 2 : 1;
      await holds("I8", () => expect([clinic.sandbox.log.count(), clinic.tokens()]).toEqual([requests, 1]));
      await holds("I7", expectNoErrors);
    },
  })),
]);

/** Error boundary of the app. */
class Boundary extends Component<{ onReset?: () => void; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };
  static getDerivedStateFromError() {
    return { failed: true };
  }
  reset = () => {
    this.props.onReset?.();
    this.setState({ failed: false });
  };
  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <button type="button" onClick={this.reset}>
        Start again
      </button>
    );
  }
}

let isBroken = false;
/** Component of the app that throws while `isBroken` is set. */
function Child() {
  const [, rerender] = useState(0);
  if (isBroken) throw new Error("error of the app");
  return (
    <button type="button" onClick={() => rerender((count) => count + 1)}>
      app
    </button>
  );
}

const name = () => screen.getByLabelText<HTMLInputElement>("Session name");
function typeName(): void {
  fireEvent.change(name(), { target: { value: "Knee rehab" } });
}

/** Lets the app's component throw, repairs it, and resets the boundary. */
async function failAndReset(): Promise<void> {
  isBroken = true;
  fireEvent.click(screen.getByRole("button", { name: "app" }));
  await pass(100);
  isBroken = false;
  fireEvent.click(screen.getByRole("button", { name: "Start again" }));
  await pass(500);
}

timedFaultRow("L3", "suspense, errors of the app and hidden activities do not change drafts outside of them", [
  ...readerNames
    .filter(([hook]) => hook.startsWith("useSuspense"))
    .map(([hook, read]) => ({
      name: `${hook} fails × a reset reads again × the form beside it keeps its draft`,
      async run({ holds }: Drill) {
        vi.spyOn(console, "error").mockReturnValue();
        const clinic = await canaryClinic("QUOKKA");
        clinic.sandbox.faults.next({ status: 403 });
        render(
          provided(clinic.client, [
            <SessionScheduler key="form" />,
            <QueryErrorResetBoundary key="read">
              {({ reset }) => (
                <Boundary onReset={reset}>
                  <Suspense fallback="loading">
                    <Reader clinic={clinic} read={read} />
                  </Suspense>
                </Boundary>
              )}
            </QueryErrorResetBoundary>,
          ]),
        );
        typeName();
        await pass(2000);
        fireEvent.click(screen.getByRole("button", { name: "Start again" }));
        await pass(2000);
        await holds("I4", () => expect(screen.getByText("success")).toBeVisible());
        await holds("I1", () => expect(name()).toHaveValue("Knee rehab"));
        await holds("I8", () => expect(clinic.sandbox.log.count()).toBe(2));
      },
    })),
  {
    name: "a component of the app throws × its boundary is beside the form",
    async run({ holds }) {
      vi.spyOn(console, "error").mockReturnValue();
      const { client } = await canaryClinic("QUOKKA");
      render(
        provided(client, [
          <SessionScheduler key="form" />,
          <Boundary key="child">
            <Child />
          </Boundary>,
        ]),
      );
      typeName();
      await failAndReset();
      await holds("I1", () => expect(name()).toHaveValue("Knee rehab"));
    },
  },
  ...[true, false].map((inside) => ({
    name: `a component of the app throws × its boundary is around the form, ${inside ? "inside of" : "outside"} the provider`,
    async run({ holds }: Drill) {
      vi.spyOn(console, "error").mockReturnValue();
      const clinic = await canaryClinic("QUOKKA");
      const content = [<FrontDesk key="desk" />, <SessionScheduler key="form" />, <Child key="child" />];
      render(
        inside ? (
          provided(clinic.client, <Boundary>{content}</Boundary>)
        ) : (
          <Boundary>{provided(clinic.client, content)}</Boundary>
        ),
      );
      await pass(1000);
      typeName();
      await failAndReset();
      await pass(1000);
      // React has removed the content of the boundary. The kit starts again and works.
      await holds("I4", () => expect(name()).toHaveValue(""));
      await holds("I4", () => expect(screen.getByRole("button", { name: /QUOKKA visit 1/ })).toBeVisible());
    },
  })),
  {
    name: "interrupted renders × typing continues",
    async run({ holds }) {
      const expectNoErrors = recordConsole();
      const { client } = await canaryClinic("QUOKKA");
      function Slow() {
        const [value, setValue] = useState(0);
        return (
          <button type="button" onClick={() => startTransition(() => setValue(value + 1))}>
            {`slow ${value}`}
          </button>
        );
      }
      render(provided(client, [<SessionScheduler key="form" />, <Slow key="slow" />]));
      for (let length = 1; length <= 10; length += 1) {
        fireEvent.click(screen.getByRole("button", { name: /slow/ }));
        fireEvent.change(name(), { target: { value: "Knee rehab".slice(0, length) } });
      }
      await pass(1000);
      await holds("I1", () => expect(name()).toHaveValue("Knee rehab"));
      await holds("I7", expectNoErrors);
    },
  },
  ...[true, false].map((inside) => ({
    name: `hidden and shown again × the activity is ${inside ? "inside of" : "around"} the provider`,
    async run({ holds }: Drill) {
      const expectNoErrors = recordConsole();
      const clinic = await canaryClinic("QUOKKA");
      const content = [<FrontDesk key="desk" />, <SessionScheduler key="form" />];
      const page = (mode: "visible" | "hidden") =>
        inside ? (
          provided(clinic.client, <Activity mode={mode}>{content}</Activity>)
        ) : (
          <Activity mode={mode}>{provided(clinic.client, content)}</Activity>
        );
      const view = render(page("visible"));
      await pass(1000);
      typeName();
      const before = clinic.sandbox.log.count();
      view.rerender(page("hidden"));
      await pass(60_000, 2000);
      await holds("I8", () => expect(clinic.sandbox.log.count()).toBe(before));
      view.rerender(page("visible"));
      await pass(2000);
      await holds("I1", () => expect(name()).toHaveValue("Knee rehab"));
      await holds("I4", () => expect(screen.getByRole("button", { name: /QUOKKA visit 1/ })).toBeVisible());
      await holds("I8", () => expect(clinic.sandbox.log.count()).toBeLessThanOrEqual(2 * before));
      await holds("I7", expectNoErrors);
    },
  })),
]);

const { screens } = serverRender("19").string;
const zones = ["Australia/Sydney", "America/Los_Angeles", "Pacific/Kiritimati"];

timedFaultRow(
  "L4",
  "HTML of a server in UTC is hydrated by a browser in another time zone without a mismatch",
  zones.flatMap((zone) =>
    (["desk", "parts", "hooks", "suspense"] as const).map((page: ScreenName) => ({
      name: `${page} × browser in ${zone}`,
      async run({ holds }: Drill) {
        const expectNoErrors = recordConsole();
        vi.stubEnv("TZ", zone);
        const { client, session, sandbox } = await renderedClinic();
        const container = document.createElement("div");
        container.innerHTML = screens[page].html;
        document.body.append(container);
        const [node] = container.querySelectorAll("section, main, ul");
        const recoverableErrors: unknown[] = [];
        const root = await act(async () =>
          hydrateRoot(container, screenOf(page, client, session), {
            onRecoverableError: (error) => recoverableErrors.push(error),
          }),
        );
        await pass(2000);
        // Only the five suspense hooks render in the browser.
        await holds("I7", () => expect(recoverableErrors).toHaveLength(page === "suspense" ? 5 : 0));
        await holds("I7", expectNoErrors);
        await holds("I4", () => expect(container.contains(node ?? null)).toBe(true));
        await holds("I4", () => expect(sandbox.log.count()).toBeGreaterThan(0));
        act(() => root.unmount());
        container.remove();
        vi.unstubAllEnvs();
      },
    })),
  ),
);
