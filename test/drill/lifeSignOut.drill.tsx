import { QueryClient } from "@tanstack/react-query";
import { StrictMode, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { expect, vi } from "vitest";

import {
  addParticipant,
  cancelSession,
  type CoviuClient,
  CoviuError,
  CoviuProvider,
  createSession,
  FrontDesk,
  getParticipant,
  getSession,
  listParticipants,
  listSessions,
  type Operation,
  removeParticipant,
  updateParticipant,
  updateSession,
  useAddParticipant,
  useCoviu,
  useCoviuSignOut,
  useCreateSession,
  useInfiniteSessions,
  useParticipant,
  useParticipants,
  useSession,
  useSessions,
  useUpdateParticipant,
  useUpdateSession,
  usePendingWrites,
} from "../../src/index.ts";
import type { HeldResponse } from "../../src/sandbox/faults.ts";
import { testNow } from "../render.tsx";
import { type Drill, faultRow } from "./faultRow.ts";
import { type Clinic, clinicOf, due, random, shuffled } from "./lifeClinic.tsx";

type Way =
  | "the hook, next person in the same moment"
  | "the hook, next person afterwards"
  | "the hook, next person elsewhere on the page"
  | "client.end()"
  | "another tab"
  | "another client only";
type Cache = "private" | "shared" | "shared with one scope";

const now = () => new Date(testNow);
const reads = ["getSessionPage", "getSessionById", "getSessionParticipants", "getSessionParticipant"] as const;
const hour = (hours: number) => new Date(Date.parse(testNow) + hours * 3_600_000).toISOString();

/** What a screen hands out to the test: what a person would click on. */
interface Handles {
  write: Record<"create" | "update" | "add" | "person", () => Promise<unknown>>;
  signOut: () => Promise<void>;
  queryClient: QueryClient;
}
const handles = new Map<CoviuClient, Handles>();

function Desk({ clinic: { canary, sessionId, personId } }: { clinic: Clinic }) {
  const { client, queryClient } = useCoviu();
  const list = useSessions({ page_size: 2 });
  const pages = useInfiniteSessions({ page_size: 1 });
  const session = useSession(sessionId);
  const people = useParticipants(sessionId);
  const person = useParticipant(personId);
  const create = useCreateSession();
  const update = useUpdateSession();
  const add = useAddParticipant();
  const change = useUpdateParticipant();
  const { writes } = usePendingWrites();
  const signOut = useCoviuSignOut();
  useEffect(() => {
    const session_name = `${canary} new`;
    handles.set(client, {
      signOut,
      queryClient,
      write: {
        create: () => create.mutateAsync({ session_name, start_time: hour(9), end_time: hour(10) }),
        update: () => update.mutateAsync({ sessionId, request: { session_name } }),
        add: () => add.mutateAsync({ sessionId, request: { display_name: session_name } }),
        person: () => change.mutateAsync({ participantId: personId, request: { display_name: session_name } }),
      },
    });
  });
  const shown = [list, pages, session, people, person, create, update, add, change].map(({ data }) => data);
  return (
    <>
      <h1>{`screen of ${canary}`}</h1>
      <pre>{JSON.stringify(shown)}</pre>
      <pre>{JSON.stringify(writes)}</pre>
    </>
  );
}

function deferred() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open: () => open(), opened };
}

async function ordering(
  seed: number,
  way: Way,
  cache: Cache,
  { screen = "hooks", lateWrites = false }: { screen?: "hooks" | "front desk"; lateWrites?: boolean } = {},
) {
  const next = random(seed);
  const pick = <Item,>(items: readonly Item[]) => items.filter(() => next() < 0.5);
  const printed = vi.spyOn(console, "error").mockReturnValue();
  const scopeOf = (own: string) => (cache === "private" ? undefined : cache === "shared" ? own : "clinic");
  const shared = cache === "private" ? undefined : new QueryClient();
  const gate = deferred();
  const tokenFirst = next() < 0.2;

  const first: Clinic = await clinicOf("QUOKKA", {
    scope: scopeOf("first"),
    getAccessToken: async (asked) => {
      const token = await first.sandbox.getAccessToken(asked);
      if (tokenFirst) await gate.opened;
      return token;
    },
  });
  const second = await clinicOf("NUMBAT", { scope: scopeOf("second") });

  // A page with a root of its own: React works at its own pace here, not at a test's.
  const [one, two] = [document.createElement("div"), document.createElement("div")];
  document.body.replaceChildren(one, two);
  const roots = [createRoot(one), createRoot(two)];
  const screenOf = (clinic: Clinic) => (
    <StrictMode>
      <CoviuProvider client={clinic.client} queryClient={shared} now={now} timeZone="Australia/Sydney" locale="en-AU">
        {screen === "hooks" ? <Desk clinic={clinic} /> : <FrontDesk />}
        {screen === "front desk" && <SignOutHandle />}
      </CoviuProvider>
    </StrictMode>
  );
  let show: (clinic: Clinic) => void = () => {};
  function Host() {
    const [clinic, setClinic] = useState(first);
    useEffect(() => {
      show = setClinic;
    }, []);
    return screenOf(clinic);
  }

  // What will be in flight at the end: answers that are kept back, and answers that get lost so that it is looked for.
  const held: HeldResponse[] = pick(reads).map((operation) => first.sandbox.faults.hold({ operation }));
  if (next() < 0.3) first.sandbox.faults.next({ operation: "getSessionById", status: 503 });
  roots[0]?.render(<Host />);
  await due(4);
  const settled: Promise<unknown>[] = [];
  if (screen === "hooks") {
    const operations = {
      create: ["createSession", "getSessionPage"],
      update: ["updateSession", "getSessionById"],
      add: ["addSessionParticipant", "getSessionParticipants"],
      person: ["updateSessionParticipant", "getSessionParticipant"],
    } as const;
    const writes = ["create", "update", "add", "person"] as const;
    for (const name of lateWrites ? writes : pick(writes)) {
      const [operation, look] = operations[name];
      const lost = !lateWrites && next() < 0.4;
      if (lost) first.sandbox.faults.next({ operation, cut: "after-commit" });
      held.push(first.sandbox.faults.hold({ operation: lost ? look : operation }));
      settled.push(
        handles
          .get(first.client)
          ?.write[name]()
          .catch((error: unknown) => error) ?? Promise.resolve(),
      );
    }
  }
  await due(Math.floor(next() * 4));
  const releases = shuffled([...held.map((one) => () => one.release()), gate.open], next);
  const before = lateWrites ? [gate.open] : releases.splice(0, Math.floor(next() * releases.length));
  const turn = async () => {
    if (next() < 0.5) await due(1);
    else for (let count = next() * 12; count > 0; count -= 1) await Promise.resolve();
  };
  for (const release of before) {
    release();
    await turn();
  }

  // The end, and at once the next person.
  const { signOut, queryClient } = handles.get(first.client) ?? { queryClient: shared };
  const seen: string[] = [];
  let ended = false;
  const watch = new MutationObserver((records) => {
    const page = document.body.textContent;
    const added = records.flatMap(({ addedNodes, target, type }) =>
      type === "characterData" ? [target.textContent ?? ""] : [...addedNodes].map((node) => node.textContent ?? ""),
    );
    // Once the end has come, nothing new of the first person; once the next one is there, nothing at all.
    seen.push(...(ended ? added : []), ...(page.includes(`screen of ${second.canary}`) ? [page] : []));
  });
  watch.observe(document.body, { subtree: true, childList: true, characterData: true });
  let elsewhere = false;
  let resolvedAfter = 0;
  switch (way) {
    case "the hook, next person in the same moment":
    case "the hook, next person elsewhere on the page":
    case "the hook, next person afterwards": {
      const at = performance.now();
      const out = signOut?.();
      elsewhere = way.endsWith("elsewhere on the page");
      if (way.endsWith("afterwards")) await out;
      resolvedAfter = performance.now() - at;
      break;
    }
    case "client.end()":
      first.client.end();
      break;
    case "another tab": {
      const tab = new BroadcastChannel(`coviu-react ${first.client.scope ?? ""} ${first.client.baseUrl}`);
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has none
      tab.postMessage("signed-out");
      await vi.waitFor(() => expect(first.client.connection.state).toBe("ended"));
      tab.close();
      break;
    }
    case "another client only":
  }
  ended = way !== "another client only";
  const sent = [first.sent(), first.tokens()];
  if (elsewhere) roots[1]?.render(screenOf(second));
  else show(second);
  // Half of them at once, the others when the next person's screen is complete.
  const late = releases.splice(lateWrites ? 0 : releases.length / 2);
  for (const release of releases) {
    await turn();
    release();
  }
  await vi.waitFor(() => expect(document.body.textContent).toContain(`${second.canary} patient`), { timeout: 10_000 });
  for (const release of late) {
    release();
    await turn();
  }
  await due(8);
  watch.disconnect();

  // Where an answer is being looked for, that takes its time.
  const outcomes = ended && cache === "private" ? await Promise.all(settled) : [];
  const cached = JSON.stringify(
    [queryClient, shared].flatMap((of) => [
      of
        ?.getQueryCache()
        .getAll()
        .map(({ state, queryKey }) => [queryKey, state.data]),
      of
        ?.getMutationCache()
        .getAll()
        .map(({ state }) => [state.variables, state.data]),
    ]),
  );
  const page = document.body.textContent;
  const shownNow = document.documentElement.outerHTML;
  const result = {
    first,
    second,
    seen,
    cached,
    page,
    shownNow,
    sent,
    outcomes,
    resolvedAfter,
    printed: [...printed.mock.calls],
  };
  for (const root of roots) root.unmount();
  await due(2);
  handles.clear();
  printed.mockRestore();
  return result;
}

/** Lets the test sign out where the screen is the kit's own. */
function SignOutHandle() {
  const { client, queryClient } = useCoviu();
  const signOut = useCoviuSignOut();
  useEffect(() => {
    const write = { create: signOut, update: signOut, add: signOut, person: signOut };
    handles.set(client, { signOut, queryClient, write });
  });
  return <h1>{`screen of ${client.scope ?? "someone"}`}</h1>;
}

type Result = Awaited<ReturnType<typeof ordering>>;

function nothingIsLeft({ first, seen, cached, shownNow }: Result) {
  expect(seen.filter((text) => text.includes(first.canary))).toEqual([]);
  expect(shownNow).not.toContain(first.canary);
  expect(cached).not.toContain(first.canary);
}

async function isOver({ first, sent, outcomes, resolvedAfter }: Result) {
  expect([first.sent(), first.tokens()]).toEqual(sent);
  expect(resolvedAfter).toBeLessThan(1000);
  for (const outcome of outcomes) {
    if (CoviuError.is(outcome)) expect(outcome.code).toMatch(/^(auth_required|unreachable)$/);
  }
  const request = { session_name: "Late", start_time: hour(9), end_time: hour(10) };
  for (const call of [
    () => listSessions(first.client),
    () => createSession(first.client, request),
    () => first.client.http("sessions").json(),
    () => first.client.http.post("sessions", { json: request }),
  ]) {
    await expect(call()).rejects.toMatchObject({ code: "auth_required" });
  }
  expect([first.sent(), first.tokens()]).toEqual(sent);
}

const ways: Way[] = [
  "the hook, next person in the same moment",
  "the hook, next person afterwards",
  "the hook, next person elsewhere on the page",
  "client.end()",
  "another tab",
];
const caches: Cache[] = ["private", "shared", "shared with one scope"];
const everyWay = ways.flatMap((way) =>
  (["private", "shared with one scope"] as const).map((cache) => ({ way, cache })),
);

faultRow(
  "X2",
  "signing out with anything in flight leaves nothing of it on the screen, in a cache or on its way",
  everyWay.map(({ way, cache }) => ({
    name: `by ${way} × cache ${cache} × answers in random order`,
    runs: 2,
    async run({ seed, holds }) {
      const result = await ordering(seed, way, cache);
      await holds("I5", () => nothingIsLeft(result));
      await holds("I8", () => isOver(result));
      await holds("I7", () => expect(result.printed).toEqual([]));
    },
  })),
);

const inFlight: [Operation, (client: CoviuClient, clinic: Clinic) => Promise<unknown>][] = [
  ["getSessionPage", (client) => listSessions(client)],
  ["getSessionById", (client, { sessionId }) => getSession(client, sessionId)],
  ["getSessionParticipants", (client, { sessionId }) => listParticipants(client, sessionId)],
  ["getSessionParticipant", (client, { personId }) => getParticipant(client, personId)],
  [
    "createSession",
    (client) => createSession(client, { session_name: "New", start_time: hour(9), end_time: hour(10) }),
  ],
  ["updateSession", (client, { sessionId }) => updateSession(client, sessionId, { session_name: "New" })],
  ["deleteSession", (client, { sessionId }) => cancelSession(client, sessionId)],
  ["addSessionParticipant", (client, { sessionId }) => addParticipant(client, sessionId, { display_name: "New" })],
  ["updateSessionParticipant", (client, { personId }) => updateParticipant(client, personId, { display_name: "New" })],
  ["deleteSessionParticipant", (client, { personId }) => removeParticipant(client, personId)],
];

faultRow("X2", "signing out aborts what is under way", [
  ...inFlight.map(([operation, call]) => ({
    name: `${operation} × its answer is on the way`,
    async run({ holds }: Drill) {
      const clinic = await clinicOf("QUOKKA");
      const held = clinic.sandbox.faults.hold({ operation });
      const failure = call(clinic.client, clinic).catch((error: unknown) => error);
      await held.reached;
      clinic.client.end();
      // Nobody has released it: it was given up.
      const given = Promise.race([held.answered.then(() => true), due(20).then(() => false)]);
      await holds("I3", async () => expect(await given).toBe(true));
      const outcome = operation.startsWith("get") ? /./ : /^unknown$/;
      await holds("I4", async () => {
        expect(await failure).toMatchObject({
          code: "auth_required",
          operation,
          outcome: expect.stringMatching(outcome),
        });
      });
    },
  })),
  {
    name: "a token is being asked for",
    async run({ holds }) {
      let given: AbortSignal | undefined;
      const clinic = await clinicOf("QUOKKA", {
        getAccessToken({ signal }) {
          given = signal;
          return new Promise((_, reject) => {
            signal.addEventListener("abort", () => reject(signal.reason));
          });
        },
      });
      const failure = listSessions(clinic.client).catch((error: unknown) => error);
      await vi.waitFor(() => expect(given).toBeDefined());
      clinic.client.end();
      await holds("I3", async () => expect(await failure).toMatchObject({ code: "auth_required" }));
      await holds("I8", () => expect([given?.aborted, clinic.sent(), clinic.tokens()]).toEqual([true, 0, 1]));
    },
  },
  {
    name: "the network is dead and the browser says so",
    async run({ holds }) {
      const clinic = await clinicOf("QUOKKA");
      const offline = vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
      clinic.sandbox.faults.offline(true);
      clinic.client.end();
      for (const [, call] of inFlight) {
        await holds("I4", () => expect(call(clinic.client, clinic)).rejects.toMatchObject({ code: "auth_required" }));
      }
      await holds("I8", () => expect([clinic.sent(), clinic.tokens()]).toEqual([0, 0]));
      offline.mockRestore();
    },
  },
]);

faultRow(
  "X3",
  "another client unmounts the first one's screens and drops what they showed before the next one's begin",
  caches.flatMap((cache) =>
    [false, true].map((lateWrites) => ({
      name: `another client × cache ${cache} × ${lateWrites ? "writes answered when it is complete" : "answers in random order"}`,
      runs: 2,
      async run({ seed, holds }: Drill) {
        const result = await ordering(seed, "another client only", cache, { lateWrites });
        await holds("I5", () => nothingIsLeft(result));
        await holds("I7", () => expect(result.printed).toEqual([]));
      },
    })),
  ),
);

faultRow("X1", "the next person in a tab is never shown anything of the one before", [
  {
    name: "the whole front desk × reads in flight × signs in at once",
    runs: 2,
    async run({ seed, holds }) {
      const result = await ordering(seed, "the hook, next person in the same moment", "private", {
        screen: "front desk",
      });
      await holds("I5", () => nothingIsLeft(result));
      await holds("I8", () => isOver(result));
      await holds("I7", () => expect(result.printed).toEqual([]));
    },
  },
]);
