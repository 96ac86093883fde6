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

/** What each write changes, and how a cached session tells that it has happened. */
const changes: Record<string, { run: (clinic: Clinic, queryClient: QueryClient) => Promise<unknown>; shows: RegExp }> =
  {
    updateSession: {
      run: ({ client, ids }, queryClient) =>
        write(queryClient, updateSessionMutationOptions(client), {
          sessionId: ids.sessionId,
          request: { session_name: "Renamed" },
        }),
      shows: /"Renamed"/,
    },
    addParticipant: {
      run: ({ client, ids }, queryClient) =>
        write(queryClient, addParticipantMutationOptions(client), {
          sessionId: ids.sessionId,
          request: { display_name: "Noor Haddad" },
        }),
      shows: /Noor Haddad/,
    },
    updateParticipant: {
      run: ({ client, ids }, queryClient) =>
        write(queryClient, updateParticipantMutationOptions(client), {
          participantId: ids.participantId,
          request: { display_name: "Ana Li" },
        }),
      shows: /"Ana Li"/,
    },
    removeParticipant: {
      run: ({ client, ids }, queryClient) =>
        write(queryClient, removeParticipantMutationOptions(client), { participantId: ids.participantId }),
      shows: /^(?!.*Ana Lee)/,
    },
    cancelSession: {
      run: ({ client, ids }, queryClient) =>
        write(queryClient, cancelSessionMutationOptions(client), { sessionId: ids.sessionId }),
      // Out of the list, and marked where it is still known.
      shows: /^(?!.*Knee rehab)|canceled_time/,
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
  "a read that began before a write does not undo it",
  Object.entries(changes).flatMap(([name, { run, shows }]) =>
    Object.entries(views)
      .filter(([view]) => view !== "the people" || /Participant/.test(name))
      .map(([view, { operation, options }]) => ({
        name: `${name} × ${view} is being read again`,
        async run({ holds }) {
          const here = await clinic();
          const queryClient = new QueryClient();
          const { queryKey, queryFn, ...rest } = options(here);
          const query = { ...rest, queryKey, queryFn, staleTime: 0 };
          // TanStack's types tell the three apart; here any of them will do.
          const read = () => queryClient.fetchQuery(JSON.parse("{}", () => query));
          await read();
          const held = here.sandbox.faults.hold({ operation });
          const older = read().catch(() => {});
          await held.reached;
          await run(here, queryClient);
          held.release();
          await held.answered;
          await older;
          await new Promise((resolve) => setImmediate(resolve));
          const shown = JSON.stringify(
            queryClient.getQueriesData({ queryKey }).map(([, data]) => data)[0] ?? { content: [] },
          );
          await holds("I4", () => expect(shown).toMatch(shows));
        },
      })),
  ),
);
