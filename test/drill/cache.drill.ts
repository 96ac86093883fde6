// @vitest-environment node
import { QueryClient } from "@tanstack/react-query";
import { expect } from "vitest";

import {
  addParticipantMutationOptions,
  cancelSessionMutationOptions,
  participantsQueryOptions,
  removeParticipantMutationOptions,
  sessionQueryOptions,
  sessionsQueryOptions,
  updateParticipantMutationOptions,
  updateSessionMutationOptions,
} from "../../src/core.ts";
import { write } from "../queries/clinic.ts";
import { clinic } from "./clinic.ts";
import { faultRow } from "./faultRow.ts";

type Clinic = Awaited<ReturnType<typeof clinic>>;

/** Writes, each with a pattern that cached data matches after it. */
const changes: Record<
  string,
  { run: (clinic: Clinic, queryClient: QueryClient) => Promise<unknown>; pattern: RegExp }
> = {
  updateSession: {
    run: ({ client, ids }, queryClient) =>
      write(queryClient, updateSessionMutationOptions(client), {
        sessionId: ids.sessionId,
        request: { session_name: "Renamed" },
      }),
    pattern: /"Renamed"/,
  },
  addParticipant: {
    run: ({ client, ids }, queryClient) =>
      write(queryClient, addParticipantMutationOptions(client), {
        sessionId: ids.sessionId,
        request: { display_name: "Noor Haddad" },
      }),
    pattern: /Noor Haddad/,
  },
  updateParticipant: {
    run: ({ client, ids }, queryClient) =>
      write(queryClient, updateParticipantMutationOptions(client), {
        participantId: ids.participantId,
        request: { display_name: "Ana Li" },
      }),
    pattern: /"Ana Li"/,
  },
  removeParticipant: {
    run: ({ client, ids }, queryClient) =>
      write(queryClient, removeParticipantMutationOptions(client), { participantId: ids.participantId }),
    pattern: /^(?!.*Ana Lee)/,
  },
  cancelSession: {
    run: ({ client, ids }, queryClient) =>
      write(queryClient, cancelSessionMutationOptions(client), { sessionId: ids.sessionId }),
    // Removed from lists, and marked as canceled in details.
    pattern: /^(?!.*Knee rehab)|canceled_time/,
  },
};

const views = {
  "the list": { operation: "getSessionPage", options: ({ client }: Clinic) => sessionsQueryOptions(client) },
  "the details": {
    operation: "getSessionById",
    options: ({ client, ids }: Clinic) => sessionQueryOptions(client, ids.sessionId),
  },
  "the people": {
    operation: "getSessionParticipants",
    options: ({ client, ids }: Clinic) => participantsQueryOptions(client, ids.sessionId),
  },
} as const;

faultRow(
  "W16",
  "a read that began before a write and arrives after it does not undo the write",
  Object.entries(changes).flatMap(([name, { run, pattern }]) =>
    Object.entries(views)
      .filter(([view]) => view !== "the people" || /Participant/.test(name))
      .map(([view, { operation, options }]) => ({
        name: `${name} × ${view} is being read again`,
        async run({ holds }) {
          const fixture = await clinic();
          const queryClient = new QueryClient();
          const { queryKey, queryFn, ...rest } = options(fixture);
          const query = { ...rest, queryKey, queryFn, staleTime: 0 };
          // The three types of options differ. The test needs none of them.
          const read = () => queryClient.fetchQuery(JSON.parse("{}", () => query));
          await read();
          const held = fixture.sandbox.faults.hold({ operation });
          const older = read().catch(() => {});
          await held.reached;
          await run(fixture, queryClient);
          held.release();
          await held.finished;
          await older;
          await new Promise((resolve) => setImmediate(resolve));
          const cached = JSON.stringify(
            queryClient.getQueriesData({ queryKey }).map(([, data]) => data)[0] ?? { content: [] },
          );
          await holds("I4", () => expect(cached).toMatch(pattern));
        },
      })),
  ),
);
