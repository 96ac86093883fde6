import { QueryErrorResetBoundary } from "@tanstack/react-query";
import { act, fireEvent, render, screen } from "@testing-library/react";
import { Activity, Component, type ReactNode, startTransition, StrictMode, Suspense, useState } from "react";
import { hydrateRoot } from "react-dom/client";
import { expect, vi } from "vitest";

import {
  type CoviuClient,
  CoviuProvider,
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
import { testNow } from "../render.tsx";
import { clinic as renderedClinic } from "../server-render/clinic.ts";
import { type ScreenName, screenOf } from "../server-render/screens.tsx";
import { serverRender } from "../server-render/serverRender.ts";
import type { Drill } from "./faultRow.ts";
import { type Clinic, clinicOf } from "./lifeClinic.tsx";
import { pass, rowInTime } from "./lifeTime.tsx";

const now = () => new Date(testNow);
const hour = (hours: number) => new Date(Date.parse(testNow) + hours * 3_600_000).toISOString();

function provided(client: CoviuClient, children: ReactNode) {
  return (
    <StrictMode>
      <CoviuProvider client={client} timeZone="Australia/Sydney" locale="en-AU" now={now}>
        {children}
      </CoviuProvider>
    </StrictMode>
  );
}

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

function reading(clinic: Clinic, read: (clinic: Clinic) => { status: string }) {
  return provided(
    clinic.client,
    <Suspense fallback="waiting">
      <Reader clinic={clinic} read={read} />
    </Suspense>,
  );
}

/** Watches for anything that React or the kit complains of. */
function quiet() {
  const printed = vi.spyOn(console, "error").mockReturnValue();
  return () => expect(printed.mock.calls).toEqual([]);
}

rowInTime(
  "L1",
  "what is unmounted gives up its request and never speaks again",
  readerNames.flatMap(([name, read]) => [
    {
      name: `${name} × the answer is on the way`,
      async run({ holds }: Drill) {
        const silent = quiet();
        const clinic = await clinicOf("QUOKKA");
        const held = clinic.sandbox.faults.hold({});
        const view = render(reading(clinic, read));
        await act(() => held.reached);
        view.unmount();
        let given = false;
        void held.answered.then(() => (given = true));
        await pass(100);
        // Nobody has released it.
        await holds("I8", () => expect(given).toBe(true));
        await holds("I7", silent);
      },
    },
    {
      name: `${name} × between two tries`,
      async run({ holds }: Drill) {
        const silent = quiet();
        vi.spyOn(Math, "random").mockReturnValue(0.99);
        const clinic = await clinicOf("QUOKKA");
        clinic.sandbox.faults.next({ status: 503, times: 5 });
        const view = render(reading(clinic, read));
        await pass(100, 100);
        const sent = clinic.sandbox.log.count();
        view.unmount();
        await pass(10_000);
        await holds("I8", () => expect([sent, clinic.sandbox.log.count()]).toEqual([1, 1]));
        await holds("I7", silent);
      },
    },
    {
      name: `${name} × told to wait ten seconds`,
      async run({ holds }: Drill) {
        const silent = quiet();
        const clinic = await clinicOf("QUOKKA");
        clinic.sandbox.faults.next({ status: 429, headers: { "retry-after": "10" } });
        const view = render(reading(clinic, read));
        await pass(1000);
        const sent = clinic.sandbox.log.count();
        view.unmount();
        await pass(20_000);
        await holds("I8", () => expect([sent, clinic.sandbox.log.count()]).toEqual([1, 1]));
        await holds("I7", silent);
      },
    },
    {
      name: `${name} × while a token is asked for`,
      async run({ holds }: Drill) {
        const silent = quiet();
        let give: (token: string) => void = () => {};
        const clinic = await clinicOf("QUOKKA", {
          getAccessToken: () => new Promise<string>((resolve) => (give = resolve)),
        });
        const view = render(reading(clinic, read));
        await pass(100);
        view.unmount();
        give("late");
        await pass(10_000);
        await holds("I8", () => expect(clinic.sandbox.log.count()).toBe(0));
        await holds("I7", silent);
      },
    },
  ]),
);

const writers = {
  useCreateSession: () => {
    const { mutateAsync } = useCreateSession();
    return () => mutateAsync({ session_name: "New", start_time: hour(9), end_time: hour(10) });
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

rowInTime("L2", "StrictMode’s double effects send nothing twice", [
  ...readerNames.map(([name, read]) => ({
    name,
    async run({ holds }: Drill) {
      const silent = quiet();
      const clinic = await clinicOf("QUOKKA");
      render(reading(clinic, read));
      await pass(2000);
      await holds("I4", () => expect(screen.getByText("success")).toBeVisible());
      await holds("I8", () => expect([clinic.sandbox.log.count(), clinic.tokens()]).toEqual([1, 1]));
      await holds("I7", silent);
    },
  })),
  ...Object.entries(writers).map(([name, use]) => ({
    name,
    async run({ holds }: Drill) {
      const silent = quiet();
      const clinic = await clinicOf("QUOKKA");
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
      // What makes something reads the list once before.
      const all = name === "useCreateSession" || name === "useAddParticipant" ? 2 : 1;
      await holds("I8", () => expect([clinic.sandbox.log.count(), clinic.tokens()]).toEqual([all, 1]));
      await holds("I7", silent);
    },
  })),
]);

/** An error boundary as hosts write them. */
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

let broken = false;
/** A part of the host's own that fails when it is told to. */
function Child() {
  const [, again] = useState(0);
  if (broken) throw new Error("the host's own");
  return (
    <button type="button" onClick={() => again((count) => count + 1)}>
      host
    </button>
  );
}

const name = () => screen.getByLabelText<HTMLInputElement>("Session name");
function typeName(): void {
  fireEvent.change(name(), { target: { value: "Knee rehab" } });
}

/** The host's part fails, is put right, and the boundary starts again. */
async function breakDown(): Promise<void> {
  broken = true;
  fireEvent.click(screen.getByRole("button", { name: "host" }));
  await pass(100);
  broken = false;
  fireEvent.click(screen.getByRole("button", { name: "Start again" }));
  await pass(500);
}

rowInTime("L3", "what React throws at the kit costs no typed text that is outside of it", [
  ...readerNames
    .filter(([hook]) => hook.startsWith("useSuspense"))
    .map(([hook, read]) => ({
      name: `${hook} fails × starting again asks again × the form beside it keeps its text`,
      async run({ holds }: Drill) {
        vi.spyOn(console, "error").mockReturnValue();
        const clinic = await clinicOf("QUOKKA");
        clinic.sandbox.faults.next({ status: 403 });
        render(
          provided(clinic.client, [
            <SessionScheduler key="form" />,
            <QueryErrorResetBoundary key="read">
              {({ reset }) => (
                <Boundary onReset={reset}>
                  <Suspense fallback="waiting">
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
    name: "a part of the host’s fails × its boundary is beside the form",
    async run({ holds }) {
      vi.spyOn(console, "error").mockReturnValue();
      const { client } = await clinicOf("QUOKKA");
      render(
        provided(client, [
          <SessionScheduler key="form" />,
          <Boundary key="child">
            <Child />
          </Boundary>,
        ]),
      );
      typeName();
      await breakDown();
      await holds("I1", () => expect(name()).toHaveValue("Knee rehab"));
    },
  },
  ...[true, false].map((inside) => ({
    name: `a part of the host’s fails × its boundary is around the form, ${inside ? "inside of" : "outside"} the provider`,
    async run({ holds }: Drill) {
      vi.spyOn(console, "error").mockReturnValue();
      const clinic = await clinicOf("QUOKKA");
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
      await breakDown();
      await pass(1000);
      // React has thrown away what the boundary holds: the kit starts again with it, and is whole.
      await holds("I4", () => expect(name()).toHaveValue(""));
      await holds("I4", () => expect(screen.getByRole("button", { name: /QUOKKA visit 1/ })).toBeVisible());
    },
  })),
  {
    name: "renders that are given up × typing goes on",
    async run({ holds }) {
      const silent = quiet();
      const { client } = await clinicOf("QUOKKA");
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
      await holds("I7", silent);
    },
  },
  ...[true, false].map((inside) => ({
    name: `hidden and shown again × the activity is ${inside ? "inside of" : "around"} the provider`,
    async run({ holds }: Drill) {
      const silent = quiet();
      const clinic = await clinicOf("QUOKKA");
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
      await holds("I7", silent);
    },
  })),
]);

const { screens } = serverRender("19").string;
const zones = ["Australia/Sydney", "America/Los_Angeles", "Pacific/Kiritimati"];

rowInTime(
  "L4",
  "what a server in UTC has painted is taken over by a browser in any zone",
  zones.flatMap((zone) =>
    (["desk", "parts", "hooks", "suspense"] as const).map((page: ScreenName) => ({
      name: `${page} × browser in ${zone}`,
      async run({ holds }: Drill) {
        const silent = quiet();
        vi.stubEnv("TZ", zone);
        const { client, session, sandbox } = await renderedClinic();
        const container = document.createElement("div");
        container.innerHTML = screens[page].html;
        document.body.append(container);
        const [node] = container.querySelectorAll("section, main, ul");
        const recovered: unknown[] = [];
        const root = await act(async () =>
          hydrateRoot(container, screenOf(page, client, session), {
            onRecoverableError: (error) => recovered.push(error),
          }),
        );
        await pass(2000);
        // Each suspense hook is left to the browser; nothing else is.
        await holds("I7", () => expect(recovered).toHaveLength(page === "suspense" ? 5 : 0));
        await holds("I7", silent);
        await holds("I4", () => expect(container.contains(node ?? null)).toBe(true));
        await holds("I4", () => expect(sandbox.log.count()).toBeGreaterThan(0));
        act(() => root.unmount());
        container.remove();
        vi.unstubAllEnvs();
      },
    })),
  ),
);
