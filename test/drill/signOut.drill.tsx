import { QueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { expect, vi } from "vitest";

import {
  addParticipant,
  cancelSession,
  type CoviuClient,
  CoviuError,
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
import { createRandom } from "../../src/sandbox/ids.ts";
import { inHours } from "../harness/testTime.ts";
import { withCoviu } from "../render.tsx";
import { type Clinic, canaryClinic, settle, shuffled } from "./canaryClinic.ts";
import { type Drill, faultRow } from "./faultRow.ts";

type SignOut =
  | "the hook, next user at once"
  | "the hook, next user afterwards"
  | "the hook, next user elsewhere on the page"
  | "client.end()"
  | "another tab"
  | "another client only";
type Cache = "private" | "shared" | "shared with one scope";

const reads = ["getSessionPage", "getSessionById", "getSessionParticipants", "getSessionParticipant"] as const;

/** Functions of a screen that the test calls in place of clicks. */
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
        create: () => create.mutateAsync({ session_name, start_time: inHours(9), end_time: inHours(10) }),
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

async function runSignOut(
  seed: number,
  way: SignOut,
  cache: Cache,
  { screen = "hooks", lateWrites = false }: { screen?: "hooks" | "FrontDesk"; lateWrites?: boolean } = {},
) {
  const next = createRandom(seed);
  const pick = <Item,>(items: readonly Item[]) => items.filter(() => next() < 0.5);
  const consoleError = vi.spyOn(console, "error").mockReturnValue();
  const scopeOf = (own: string) => (cache === "private" ? undefined : cache === "shared" ? own : "clinic");
  const shared = cache === "private" ? undefined : new QueryClient();
  const tokenGate = deferred();
  const isTokenHeld = next() < 0.2;

  const first: Clinic = await canaryClinic("QUOKKA", {
    scope: scopeOf("first"),
    getAccessToken: async (request) => {
      const token = await first.sandbox.getAccessToken(request);
      if (isTokenHeld) await tokenGate.opened;
      return token;
    },
  });
  const second = await canaryClinic("NUMBAT", { scope: scopeOf("second") });

  // Roots without `act`, so that React schedules its work as in an app.
  const [one, two] = [document.createElement("div"), document.createElement("div")];
  document.body.replaceChildren(one, two);
  const roots = [createRoot(one), createRoot(two)];
  const screenOf = (clinic: Clinic) =>
    withCoviu(
      <>
        {screen === "hooks" ? <Desk clinic={clinic} /> : <FrontDesk />}
        {screen === "FrontDesk" && <SignOutHandle />}
      </>,
      { client: clinic.client, queryClient: shared },
    );
  let show: (clinic: Clinic) => void = () => {};
  function App() {
    const [clinic, setClinic] = useState(first);
    useEffect(() => {
      show = setClinic;
    }, []);
    return screenOf(clinic);
  }

  // Holds responses, and loses some, so that reads, writes and checks are pending at the sign-out.
  const held: HeldResponse[] = pick(reads).map((operation) => first.sandbox.faults.hold({ operation }));
  if (next() < 0.3) first.sandbox.faults.next({ operation: "getSessionById", status: 503 });
  roots[0]?.render(<App />);
  await settle(4);
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
      const [operation, check] = operations[name];
      const isLost = !lateWrites && next() < 0.4;
      if (isLost) first.sandbox.faults.next({ operation, cut: "after-commit" });
      held.push(first.sandbox.faults.hold({ operation: isLost ? check : operation }));
      settled.push(
        handles
          .get(first.client)
          ?.write[name]()
          .catch((error: unknown) => error) ?? Promise.resolve(),
      );
    }
  }
  await settle(Math.floor(next() * 4));
  const releases = shuffled([...held.map((one) => () => one.release()), tokenGate.open], next);
  const before = lateWrites ? [tokenGate.open] : releases.splice(0, Math.floor(next() * releases.length));
  const turn = async () => {
    if (next() < 0.5) await settle(1);
    else for (let count = next() * 12; count > 0; count -= 1) await Promise.resolve();
  };
  for (const release of before) {
    release();
    await turn();
  }

  // Signs out, then shows the next user's screen.
  const { signOut, queryClient } = handles.get(first.client) ?? { queryClient: shared };
  const foreignTexts: string[] = [];
  let hasEnded = false;
  const watch = new MutationObserver((records) => {
    const page = document.body.textContent;
    const added = records.flatMap(({ addedNodes, target, type }) =>
      type === "characterData" ? [target.textContent ?? ""] : [...addedNodes].map((node) => node.textContent ?? ""),
    );
    // After the sign-out no new text of the first user may appear. With the next user's screen, none at all.
    foreignTexts.push(...(hasEnded ? added : []), ...(page.includes(`screen of ${second.canary}`) ? [page] : []));
  });
  watch.observe(document.body, { subtree: true, childList: true, characterData: true });
  let isElsewhere = false;
  let resolvedAfter = 0;
  switch (way) {
    case "the hook, next user at once":
    case "the hook, next user elsewhere on the page":
    case "the hook, next user afterwards": {
      const at = performance.now();
      const out = signOut?.();
      isElsewhere = way.endsWith("elsewhere on the page");
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
  hasEnded = way !== "another client only";
  const sent = [first.sent(), first.tokens()];
  if (isElsewhere) roots[1]?.render(screenOf(second));
  else show(second);
  // Releases half of the responses at once, the others when the next user's screen is complete.
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
  await settle(8);
  watch.disconnect();

  // Waits for the checks of lost writes.
  const outcomes = hasEnded && cache === "private" ? await Promise.all(settled) : [];
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
    foreignTexts,
    cached,
    page,
    shownNow,
    sent,
    outcomes,
    resolvedAfter,
    consoleErrors: [...consoleError.mock.calls],
  };
  for (const root of roots) root.unmount();
  await settle(2);
  handles.clear();
  consoleError.mockRestore();
  return result;
}

/** Lets the test sign out beside FrontDesk. */
function SignOutHandle() {
  const { client, queryClient } = useCoviu();
  const signOut = useCoviuSignOut();
  useEffect(() => {
    const write = { create: signOut, update: signOut, add: signOut, person: signOut };
    handles.set(client, { signOut, queryClient, write });
  });
  return <h1>{`screen of ${client.scope ?? "FrontDesk"}`}</h1>;
}

type Result = Awaited<ReturnType<typeof runSignOut>>;

function expectNothingShown({ first, foreignTexts, cached, shownNow }: Result) {
  expect(foreignTexts.filter((text) => text.includes(first.canary))).toEqual([]);
  expect(shownNow).not.toContain(first.canary);
  expect(cached).not.toContain(first.canary);
}

async function expectEnded({ first, sent, outcomes, resolvedAfter }: Result) {
  expect([first.sent(), first.tokens()]).toEqual(sent);
  expect(resolvedAfter).toBeLessThan(1000);
  for (const outcome of outcomes) {
    if (CoviuError.is(outcome)) expect(outcome.code).toMatch(/^(auth_required|unreachable)$/);
  }
  const request = { session_name: "Late", start_time: inHours(9), end_time: inHours(10) };
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

const ways: SignOut[] = [
  "the hook, next user at once",
  "the hook, next user afterwards",
  "the hook, next user elsewhere on the page",
  "client.end()",
  "another tab",
];
const caches: Cache[] = ["private", "shared", "shared with one scope"];
const everyWay = ways.flatMap((way) =>
  (["private", "shared with one scope"] as const).map((cache) => ({ way, cache })),
);

faultRow(
  "X2",
  "after a sign-out with requests under way, nothing of the first user is on the screen or in a cache",
  everyWay.map(({ way, cache }) => ({
    name: `by ${way} × cache ${cache} × responses in random order`,
    runs: 2,
    async run({ seed, holds }) {
      const result = await runSignOut(seed, way, cache);
      await holds("I5", () => expectNothingShown(result));
      await holds("I8", () => expectEnded(result));
      await holds("I7", () => expect(result.consoleErrors).toEqual([]));
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
    (client) => createSession(client, { session_name: "New", start_time: inHours(9), end_time: inHours(10) }),
  ],
  ["updateSession", (client, { sessionId }) => updateSession(client, sessionId, { session_name: "New" })],
  ["deleteSession", (client, { sessionId }) => cancelSession(client, sessionId)],
  ["addSessionParticipant", (client, { sessionId }) => addParticipant(client, sessionId, { display_name: "New" })],
  ["updateSessionParticipant", (client, { personId }) => updateParticipant(client, personId, { display_name: "New" })],
  ["deleteSessionParticipant", (client, { personId }) => removeParticipant(client, personId)],
];

faultRow("X2", "a sign-out aborts requests under way", [
  ...inFlight.map(([operation, call]) => ({
    name: `${operation} × before the response`,
    async run({ holds }: Drill) {
      const clinic = await canaryClinic("QUOKKA");
      const held = clinic.sandbox.faults.hold({ operation });
      const failure = call(clinic.client, clinic).catch((error: unknown) => error);
      await held.reached;
      clinic.client.end();
      // The held response ends without `release`.
      const isAborted = Promise.race([held.finished.then(() => true), settle(20).then(() => false)]);
      await holds("I3", async () => expect(await isAborted).toBe(true));
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
    name: "during the request for a token",
    async run({ holds }) {
      let tokenSignal: AbortSignal | undefined;
      const clinic = await canaryClinic("QUOKKA", {
        getAccessToken({ signal }) {
          tokenSignal = signal;
          return new Promise((_, reject) => {
            signal.addEventListener("abort", () => reject(signal.reason));
          });
        },
      });
      const failure = listSessions(clinic.client).catch((error: unknown) => error);
      await vi.waitFor(() => expect(tokenSignal).toBeDefined());
      clinic.client.end();
      await holds("I3", async () => expect(await failure).toMatchObject({ code: "auth_required" }));
      await holds("I8", () => expect([tokenSignal?.aborted, clinic.sent(), clinic.tokens()]).toEqual([true, 0, 1]));
    },
  },
  {
    name: "offline, with navigator.onLine false",
    async run({ holds }) {
      const clinic = await canaryClinic("QUOKKA");
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
  "when another client is passed, the first one's screens are unmounted and its data is removed first",
  caches.flatMap((cache) =>
    [false, true].map((lateWrites) => ({
      name: `another client × cache ${cache} × ${lateWrites ? "responses to writes when its screen is complete" : "responses in random order"}`,
      runs: 2,
      async run({ seed, holds }: Drill) {
        const result = await runSignOut(seed, "another client only", cache, { lateWrites });
        await holds("I5", () => expectNothingShown(result));
        await holds("I7", () => expect(result.consoleErrors).toEqual([]));
      },
    })),
  ),
);

faultRow("X1", "nothing of the first user is shown to the next one in the same tab", [
  {
    name: "FrontDesk × reads under way × signs in at once",
    runs: 2,
    async run({ seed, holds }) {
      const result = await runSignOut(seed, "the hook, next user at once", "private", {
        screen: "FrontDesk",
      });
      await holds("I5", () => expectNothingShown(result));
      await holds("I8", () => expectEnded(result));
      await holds("I7", () => expect(result.consoleErrors).toEqual([]));
    },
  },
]);
