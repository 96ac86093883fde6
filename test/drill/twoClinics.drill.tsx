import { QueryClient } from "@tanstack/react-query";
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import { useEffect } from "react";
import { expect } from "vitest";

import {
  addParticipant,
  type CoviuClient,
  type CoviuClientOptions,
  createSession,
  getParticipant,
  getSession,
  listParticipants,
  listSessions,
  updateParticipant,
  updateSession,
  useCoviu,
  useCoviuConnection,
  useCoviuSignOut,
  useSessions,
  useUpdateSession,
} from "../../src/index.ts";
import { createRandom } from "../../src/sandbox/ids.ts";
import { inHours } from "../harness/testTime.ts";
import { withCoviu } from "../render.tsx";
import { type Clinic, canaryClinic, settle } from "./canaryClinic.ts";
import { faultRow } from "./faultRow.ts";

const handles = new Map<
  CoviuClient,
  { signOut: () => Promise<void>; rename: () => Promise<unknown>; queryClient: QueryClient }
>();

function Desk({ clinic: { canary, sessionId } }: { clinic: Clinic }) {
  const { client, queryClient } = useCoviu();
  const { data, error } = useSessions();
  const update = useUpdateSession();
  const signOut = useCoviuSignOut();
  const state = useCoviuConnection();
  useEffect(() => {
    const request = { session_name: `${canary} renamed` };
    handles.set(client, { signOut, queryClient, rename: () => update.mutateAsync({ sessionId, request }) });
  });
  return <section aria-label={canary}>{`${state} ${error?.code ?? "fine"} ${JSON.stringify(data)}`}</section>;
}

type ClinicOptions = Partial<Pick<CoviuClientOptions, "scope" | "baseUrl">>;

/** Renders two clinics on one page that differ only in these options. */
async function page(two: readonly [ClinicOptions, ClinicOptions], shared?: QueryClient) {
  const [a, b] = [await canaryClinic("QUOKKA", two[0]), await canaryClinic("NUMBAT", two[1])] as const;
  const part = (clinic: Clinic) => withCoviu(<Desk clinic={clinic} />, { client: clinic.client, queryClient: shared });
  render(
    <>
      {part(a)}
      {part(b)}
    </>,
  );
  const text = ({ canary }: Clinic) => screen.queryByRole("region", { name: canary })?.textContent ?? "";
  for (const clinic of [a, b]) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await waitFor(() => expect(text(clinic)).toContain(`${clinic.canary} visit 1`));
  }
  return { a, b, text };
}

const calls: ((client: CoviuClient, clinic: Clinic) => Promise<unknown>)[] = [
  (client) => listSessions(client),
  (client, { sessionId }) => getSession(client, sessionId),
  (client, { sessionId }) => listParticipants(client, sessionId),
  (client, { personId }) => getParticipant(client, personId),
  (client, { canary }) =>
    createSession(client, { session_name: `${canary} new`, start_time: inHours(9), end_time: inHours(10) }),
  (client, { sessionId, canary }) => updateSession(client, sessionId, { session_name: `${canary} changed` }),
  (client, { sessionId, canary }) => addParticipant(client, sessionId, { display_name: `${canary} guest` }),
  (client, { personId, canary }) => updateParticipant(client, personId, { display_name: `${canary} renamed` }),
];

const kinds = [
  { name: "two base URLs", two: [{}, { baseUrl: "https://other.coviu.invalid/v1" }] },
  { name: "two scopes", two: [{ scope: "north" }, { scope: "south" }] },
  { name: "two scopes in one query client", two: [{ scope: "north" }, { scope: "south" }], together: true },
] satisfies { name: string; two: [ClinicOptions, ClinicOptions]; together?: boolean }[];

faultRow(
  "X6",
  "two clinics on one page have separate tokens, caches, budgets and sign-outs",
  kinds.flatMap(({ name, two, together }) => [
    {
      name: `${name} × 100 calls interleaved`,
      runs: 2,
      async run({ seed, holds }) {
        const next = createRandom(seed);
        const { a, b, text } = await page(two, together ? new QueryClient() : undefined);
        let expired: Clinic | undefined;
        const pending: Promise<{ of: Clinic; body: string }>[] = [];
        for (let count = 0; count < 100; count += 1) {
          const of = next() < 0.5 ? a : b;
          const call = calls[Math.floor(next() * calls.length)];
          if (!call) continue;
          of.sandbox.faults.latency(Math.floor(next() * 6));
          if (count === 50) {
            of.sandbox.faults.expireTokens();
            expired = of;
          }
          pending.push(call(of.client, of).then((body) => ({ of, body: JSON.stringify(body) })));
          // oxlint-disable-next-line no-await-in-loop -- the calls are spread over some turns
          if (next() < 0.2) await settle(1);
        }
        const results = await Promise.all(pending);
        const foreign = ({ of, body }: { of: Clinic; body: string }) => body.includes((of === a ? b : a).canary);
        await holds("I5", () => expect(results.filter(foreign)).toEqual([]));
        await holds("I5", () => expect(text(a)).not.toContain(b.canary));
        await holds("I5", () => expect(text(b)).not.toContain(a.canary));
        for (const { sandbox, canary } of [a, b]) {
          const bodies = JSON.stringify(sandbox.log.entries());
          const other = canary === a.canary ? b.canary : a.canary;
          // oxlint-disable-next-line no-await-in-loop
          await holds("I5", () => expect(bodies).not.toContain(other));
        }
        // A token of the other clinic would be refused.
        const refused = [a, b].map(({ sandbox }) => sandbox.log.count({ status: 401 }) > 0);
        await holds("I8", () => expect(refused).toEqual([expired === a, expired === b]));
        cleanup();
      },
    },
    {
      name: `${name} × one of them is down`,
      async run({ holds }) {
        const { a, b, text } = await page(two, together ? new QueryClient() : undefined);
        a.sandbox.faults.offline(true);
        for (let count = 0; count < 6; count += 1) {
          // oxlint-disable-next-line no-await-in-loop -- until its client counts as down
          await listSessions(a.client).catch(() => {});
        }
        await holds("I4", () => expect([a, b].map(({ client }) => client.connection.state)).toEqual(["down", "up"]));
        await holds("I4", () =>
          waitFor(() => expect([text(a).slice(0, 5), text(b).slice(0, 3)]).toEqual(["down ", "up "])),
        );
        await holds("I4", () => expect(listSessions(b.client)).resolves.toBeDefined());
      },
    },
    {
      name: `${name} × one of them gets Retry-After`,
      async run({ holds }) {
        const { a, b } = await page(two, together ? new QueryClient() : undefined);
        const before = b.sent();
        a.sandbox.faults.next({ operation: "getSessionPage", status: 429, headers: { "retry-after": "3600" } });
        await holds("I3", () => expect(listSessions(a.client)).rejects.toMatchObject({ code: "rate_limited" }));
        await holds("I3", () => expect(listSessions(a.client)).rejects.toMatchObject({ outcome: "not-sent" }));
        await holds("I4", () => expect(listSessions(b.client)).resolves.toBeDefined());
        await holds("I8", () => expect(b.sent()).toBe(before + 1));
      },
    },
    {
      name: `${name} × one of them signs out`,
      async run({ holds }) {
        const { a, b, text } = await page(two, together ? new QueryClient() : undefined);
        const cache = handles.get(b.client)?.queryClient.getQueryCache();
        await handles.get(a.client)?.signOut();
        await holds("I5", () => waitFor(() => expect(screen.queryByRole("region", { name: a.canary })).toBeNull()));
        // Waits for the message to other tabs, which this page receives as well.
        await settle(10);
        await holds("I4", () => expect(b.client.connection.state).toBe("up"));
        await holds("I5", () => expect(cache?.getAll().map(({ state }) => state.status)).toEqual(["success"]));
        await holds("I4", () => expect(handles.get(b.client)?.rename()).resolves.toBeDefined());
        await holds("I4", () => waitFor(() => expect(text(b)).toContain("NUMBAT renamed")));
      },
    },
  ]),
);
