import { fireEvent, render, screen } from "@testing-library/react";
import { useEffect } from "react";
import { expect, vi } from "vitest";

import {
  type CoviuClient,
  createCoviuClient,
  SessionScheduler,
  useAddParticipant,
  useCancelSession,
  useCoviu,
  useCreateSession,
  useNow,
  useParticipant,
  useParticipants,
  useRemoveParticipant,
  useSession,
  useSessions,
  useSessionStatus,
  useUpdateParticipant,
  useUpdateSession,
} from "../../src/index.ts";
import { createSandbox, type SandboxOptions } from "../../src/sandbox/index.ts";
import { inHours, testNow } from "../harness/testTime.ts";
import { withCoviu } from "../render.tsx";
import { canaryClinic } from "./canaryClinic.ts";
import type { Drill } from "./faultRow.ts";
import { pass, timedFaultRow } from "./timedFaultRow.tsx";

const hooks = 50;
const hour = 3_600_000;

/** Sets `navigator.onLine` and sends its event. */
function setOnLine(online: boolean): void {
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(online);
  window.dispatchEvent(new Event(online ? "online" : "offline"));
}

const provided = (client: CoviuClient, children: React.ReactNode, now?: () => Date) =>
  withCoviu(children, { client, now });

const writes = {
  createSession: useCreateSession,
  updateSession: useUpdateSession,
  deleteSession: useCancelSession,
  addSessionParticipant: useAddParticipant,
  updateSessionParticipant: useUpdateParticipant,
  deleteSessionParticipant: useRemoveParticipant,
} as const;
type WriteName = keyof typeof writes;
const writeNames = [
  "createSession",
  "updateSession",
  "deleteSession",
  "addSessionParticipant",
  "updateSessionParticipant",
  "deleteSessionParticipant",
] as const satisfies readonly WriteName[];

/** Clinic with a screen of all reads and writes. */
async function createDesk() {
  const clinic = await canaryClinic("QUOKKA");
  const { sandbox, sessionId, personId, client } = clinic;
  let write: Record<WriteName, () => Promise<unknown>> | undefined;
  let paused = () => 0;
  function Desk() {
    const { queryClient } = useCoviu();
    const create = useCreateSession();
    const update = useUpdateSession();
    const cancel = useCancelSession();
    const add = useAddParticipant();
    const change = useUpdateParticipant();
    const remove = useRemoveParticipant();
    useEffect(() => {
      write = {
        createSession: () => create.mutateAsync({ session_name: "New", start_time: inHours(9), end_time: inHours(10) }),
        updateSession: () => update.mutateAsync({ sessionId, request: { session_name: "New" } }),
        deleteSession: () => cancel.mutateAsync({ sessionId }),
        addSessionParticipant: () => add.mutateAsync({ sessionId, request: { display_name: "New" } }),
        updateSessionParticipant: () => change.mutateAsync({ participantId: personId, request: { display_name: "N" } }),
        deleteSessionParticipant: () => remove.mutateAsync({ participantId: personId }),
      };
      paused = () => queryClient.getMutationCache().findAll({ predicate: ({ state }) => state.isPaused }).length;
    });
    const reads = [useSessions(), useSession(sessionId), useParticipants(sessionId), useParticipant(personId)];
    return <p>{reads.map(({ status, error }) => error?.code ?? status).join(" ")}</p>;
  }
  const writeCount = (operation: WriteName) => sandbox.log.count({ operation });
  const mount = () => render(provided(client, <Desk />, () => sandbox.clock.now()));
  return { ...clinic, mount, writeCount, write: () => write, paused: () => paused() };
}

const cells = [true, false].flatMap((flag) => [true, false].map((works) => ({ flag, works })));

timedFaultRow(
  "N17",
  "if the browser's online flag is wrong, only a request decides",
  cells.flatMap(({ flag, works }) => [
    {
      name: `onLine ${flag} × ${works ? "reachable" : "unreachable"} × reads`,
      async run({ holds }: Drill) {
        const { sandbox, mount, ...clinic } = await createDesk();
        setOnLine(flag);
        sandbox.faults.offline(!works);
        mount();
        await pass(35_000);
        const state = works ? "success" : "unreachable";
        await holds("I4", () => expect(screen.getByText(new RegExp(`^(${state} ?){4}$`))).toBeVisible());
        await holds("I8", () => expect(clinic.sent()).toBeLessThanOrEqual(works ? 8 : 14));
      },
    },
    ...writeNames.map((name) => ({
      name: `onLine ${flag} × ${works ? "reachable" : "unreachable"} × ${name}`,
      async run({ holds }: Drill) {
        const { sandbox, mount, writeCount, write, paused } = await createDesk();
        mount();
        await pass(2000);
        setOnLine(flag);
        sandbox.faults.offline(!works);
        let outcome: unknown;
        void write()
          ?.[name]()
          .then(
            () => (outcome = "done"),
            (error: unknown) => (outcome = error),
          );
        await pass(flag || works ? 35_000 : 500);
        if (works) await holds("I4", () => expect(outcome).toBe("done"));
        // With onLine false it is known that nothing was sent.
        const expected = { code: "unreachable", outcome: flag ? "unknown" : "not-sent" };
        if (!works) await holds("I4", () => expect(outcome).toMatchObject(expected));
        await holds("I2", () => expect(writeCount(name)).toBe(works ? 1 : 0));
        await holds("I2", () => expect(paused()).toBe(0));
        // Nothing is sent automatically when the network is back.
        sandbox.faults.offline(false);
        setOnLine(true);
        await pass(60_000, 2000);
        await holds("I2", () => expect(writeCount(name)).toBe(works ? 1 : 0));
      },
    })),
  ]),
);

timedFaultRow("N15", "a write while offline fails at once with a message, and is not sent later without a click", [
  ...[false, true].map((flag) => ({
    name: `booking in the form × unreachable × onLine ${flag}`,
    async run({ holds }: Drill) {
      const sandbox = createSandbox({ now: testNow });
      render(provided(createCoviuClient(sandbox), <SessionScheduler />, () => new Date(testNow)));
      await pass(500);
      const typed = {
        "Session name": "Knee rehab",
        "Name of person 1": "Dr Amara Okafor",
        "Name of person 2": "Ana Lee",
      };
      const values = () => Object.fromEntries(Object.keys(typed).map((name) => [name, valueOf(name)]));
      for (const [name, value] of Object.entries(typed))
        fireEvent.change(screen.getByLabelText(name), { target: { value } });
      setOnLine(flag);
      sandbox.faults.offline(true);
      fireEvent.click(screen.getByRole("button", { name: "Book session" }));
      await pass(flag ? 30_000 : 500);
      await holds("I4", () => expect(screen.getByRole("alert")).toBeVisible());
      await holds("I1", () => expect(values()).toEqual(typed));
      sandbox.faults.offline(false);
      setOnLine(true);
      await pass(60_000, 2000);
      await holds("I2", () => expect(sandbox.log.count({ operation: "createSession" })).toBe(0));
      await holds("I1", () => expect(values()).toEqual(typed));
      if (flag) return;
      fireEvent.click(screen.getByRole("button", { name: /^(Book session|Try again)$/ }));
      await pass(2000);
      await holds("I2", () => expect(sandbox.log.count({ operation: "createSession" })).toBe(1));
    },
  })),
  {
    name: "reads × offline during a click on Try again",
    async run({ holds }) {
      const { sandbox, mount, ...clinic } = await createDesk();
      setOnLine(false);
      sandbox.faults.offline(true);
      mount();
      await pass(35_000);
      const before = clinic.sent();
      fireEvent.click(document.body);
      await pass(1000);
      await holds("I8", () => expect(clinic.sent()).toBe(before));
    },
  },
]);

function valueOf(label: string): string {
  const field = screen.getByLabelText(label);
  return field instanceof HTMLInputElement ? field.value : "";
}

/** Renders fifty hooks with a read each, and a status. Records the requests. */
function renderReads(options: SandboxOptions & { expiry?: boolean } = {}) {
  const sandbox = createSandbox({ now: () => new Date(), seed: hooks + 10, ...options });
  let sent: string[] = [];
  let tokens = 0;
  const client = createCoviuClient({
    ...sandbox,
    fetch: async (input, init) => {
      init?.signal?.throwIfAborted();
      if (input instanceof Request) sent.push(new URL(input.url).search);
      return sandbox.fetch(input, init);
    },
    getAccessToken: async (request) => {
      tokens += 1;
      const token = await sandbox.getAccessToken({ ...request, forceRefresh: true });
      const accessToken = typeof token === "string" ? token : token.accessToken;
      return options.expiry === false ? accessToken : { accessToken, expiresAt: Date.now() + hour };
    },
  });
  function Read({ page }: { page: number }) {
    const { data, error } = useSessions({ page, page_size: 1 });
    return <p>{data && !error ? `fresh ${data.content[0]?.session_name ?? "nothing"}` : (error?.code ?? "loading")}</p>;
  }
  function Countdown() {
    const status = useSessionStatus({ start_time: inHours(4), end_time: inHours(5) });
    return <p>{`is ${status?.status ?? "?"} at ${useNow()?.toISOString() ?? "?"}`}</p>;
  }
  const pages = Array.from({ length: hooks }, (_, page) => <Read key={page} page={page} />);
  render(provided(client, [...pages, <Countdown key="countdown" />]));
  return {
    sandbox,
    client,
    fresh: () => screen.queryAllByText(/^fresh/).length,
    /** Numbers of requests, of requests for the same page at most, and of token requests, since the last call. */
    count: () => {
      const most = Math.max(0, ...sent.map((one) => sent.filter((other) => other === one).length));
      const counts = { requests: sent.length, most, tokens };
      sent = [];
      tokens = 0;
      return counts;
    },
  };
}

const realities = ["always reachable", "reachable while onLine is true", "unreachable"] as const;

timedFaultRow(
  "N18",
  "a connection that comes and goes causes at most one round of reads",
  realities.flatMap((reality) =>
    [0, 100].map((latencyMs) => ({
      name: `20 changes in 10 s × ${reality} × latency ${latencyMs} ms`,
      async run({ holds }: Drill) {
        const { sandbox, fresh, count } = renderReads({ latencyMs });
        await pass(3000);
        await holds("I4", () => expect(fresh()).toBe(hooks));
        await pass(20_000, 2000);
        count();
        for (let change = 0; change < 20; change += 1) {
          const online = change % 2 === 1;
          sandbox.faults.offline(
            reality === "unreachable" || (reality === "reachable while onLine is true" && !online),
          );
          setOnLine(online);
          // oxlint-disable-next-line no-await-in-loop -- one change comes after the other
          await pass(500, 250);
        }
        const { requests, most } = count();
        // A round is one request per read, and its retries if it fails.
        await holds("I8", () => expect(most).toBeLessThanOrEqual(reality === "always reachable" ? 1 : 3));
        await holds("I8", () => expect(requests).toBeLessThanOrEqual(1.2 * hooks));
        sandbox.faults.offline(false);
        setOnLine(true);
        await pass(35_000);
        await holds("I4", () => expect(fresh()).toBe(hooks));
      },
    })),
  ),
);

/** Advances the clock by eight hours without running timers. */
function sleep(): void {
  vi.setSystemTime(Date.now() + 8 * hour);
}
const wakeEvents: Record<string, () => void> = {
  "the page is shown": () => void document.dispatchEvent(new Event("visibilitychange", { bubbles: true })),
  "the network is back": () => {
    setOnLine(false);
    setOnLine(true);
  },
};

timedFaultRow("D8", "after hours of sleep, the token is checked and what is visible is read once more", [
  ...[
    ["the page is shown"],
    ["the network is back"],
    ["the page is shown", "the network is back"],
    ["the network is back", "the page is shown"],
    ["the page is shown", "the network is back", "the page is shown", "the network is back"],
  ].flatMap((events) =>
    [true, false].map((expiry) => ({
      name: `${events.join(", ")} × a token ${expiry ? "with a known" : "of unknown"} expiry`,
      async run({ holds }: Drill) {
        const { fresh, count } = renderReads({ expiry });
        await pass(3000);
        await holds("I8", () => expect(count()).toEqual({ requests: hooks, most: 1, tokens: 1 }));
        sleep();
        for (const event of events) {
          wakeEvents[event]?.();
          // oxlint-disable-next-line no-await-in-loop -- one after the other
          await pass(100, 50);
        }
        await pass(4000);
        // A token without a known expiry is refused first.
        const most = expiry ? 1 : 2;
        await holds("I8", () => expect(count()).toEqual({ requests: most * hooks, most, tokens: 1 }));
        await holds("I4", () => expect(fresh()).toBe(hooks));
        if (events.includes("the page is shown")) {
          const now = new Date(Math.floor(Date.now() / 60_000) * 60_000).toISOString().slice(0, 16);
          await holds("I4", () => expect(screen.getByText(new RegExp(`^is ended at ${now}`))).toBeVisible());
        }
      },
    })),
  ),
  {
    name: "no event",
    async run({ holds }) {
      const { fresh, count } = renderReads();
      await pass(3000);
      count();
      sleep();
      await pass(20_000);
      await holds("I4", () => expect(fresh()).toBe(hooks));
      await holds("I8", () => expect(count()).toMatchObject({ requests: hooks, most: 1 }));
    },
  },
  {
    name: "the page is shown × the network is back after five seconds",
    async run({ holds }) {
      const { sandbox, fresh, count } = renderReads();
      await pass(3000);
      count();
      sleep();
      sandbox.faults.offline(true);
      wakeEvents["the page is shown"]?.();
      await pass(5000);
      sandbox.faults.offline(false);
      setOnLine(false);
      setOnLine(true);
      // Up to 4 s until the connection is up, then up to 2 s over which the reads are spread.
      await pass(7000);
      await holds("I4", () => expect(fresh()).toBe(hooks));
      const { requests, tokens } = count();
      await holds("I8", () => expect(tokens).toBe(1));
      await holds("I8", () => expect(requests).toBeLessThanOrEqual(2.1 * hooks));
      await pass(0);
    },
  },
]);
