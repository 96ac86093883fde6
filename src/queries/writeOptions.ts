import type { UnitResponse } from "../api/answers.ts";
import type { CoviuClient } from "../api/client.ts";
import { CoviuError } from "../api/errors.ts";
import { getParticipant, listParticipants } from "../api/participants.ts";
import type {
  ParticipantCreationRequest,
  ParticipantUpdateRequest,
  SessionCreationRequest,
  SessionUpdateRequest,
} from "../api/requests.ts";
import type { Participant, Session } from "../api/schemas.ts";
import { getSession, listSessions } from "../api/sessions.ts";
import { mutationOptions, type QueryClient, type WriteOptions, writes } from "./options.ts";
import { loadFollowed } from "./writes.ts";

/** What each write is called with, and what it gives. */
export interface WriteTypes {
  createSession: { variables: SessionCreationRequest; data: Session };
  updateSession: {
    variables: {
      sessionId: string;
      request: SessionUpdateRequest;
      /** What the fields were when somebody decided to change them. */
      ifUnchanged?: SessionUpdateRequest | undefined;
    };
    data: Session;
  };
  deleteSession: { variables: { sessionId: string }; data: UnitResponse };
  addSessionParticipant: { variables: { sessionId: string; request: ParticipantCreationRequest }; data: Participant };
  updateSessionParticipant: {
    variables: {
      participantId: string;
      request: ParticipantUpdateRequest;
      ifUnchanged?: ParticipantUpdateRequest | undefined;
    };
    data: Participant;
  };
  deleteSessionParticipant: { variables: { participantId: string }; data: UnitResponse };
}

/** A write that is about to be sent. */
export interface Sending<Name extends keyof WriteTypes> {
  client: CoviuClient;
  queryClient: QueryClient;
  /** The query client that holds the mutation. */
  mutationClient: QueryClient;
  operation: Name;
  mutationKey: readonly unknown[];
  variables: WriteTypes[Name]["variables"];
  send: () => Promise<WriteTypes[Name]["data"]>;
  now: () => Date;
  given: Given;
}

/** What `followed.ts` is built without, as a page must have only one of each: a class, and reads that report drift. */
export type Given = typeof given;
const given = { CoviuError, getParticipant, getSession, goneBefore, listParticipants, listSessions };

/** What TanStack gives to a mutation. The kit's hooks keep mutations in a query client of their own. */
interface MutationContext {
  client: QueryClient;
  mutationClient?: QueryClient | undefined;
}

/** Options of a mutation that sends something, makes sure of it, and brings the cache up to date. */
export function writeOptions<Name extends keyof WriteTypes>(
  client: CoviuClient,
  operation: Name,
  send: (variables: WriteTypes[Name]["variables"]) => Promise<WriteTypes[Name]["data"]>,
  now = () => new Date(),
): WriteOptions<WriteTypes[Name]["data"], WriteTypes[Name]["variables"]> {
  const queryKey = ["coviu", client.scope];
  const mutationKey = [...queryKey, operation];
  return mutationOptions<WriteTypes[Name]["data"], CoviuError, WriteTypes[Name]["variables"]>({
    ...writes,
    mutationKey,
    // Inside the function, so that an app's own `onSuccess` adds to it and cannot replace it.
    mutationFn: async (variables, context: MutationContext) => {
      const { client: queryClient, mutationClient = queryClient } = context;
      const loaded = await loadFollowed();
      const sending = {
        client,
        queryClient,
        mutationClient,
        operation,
        mutationKey,
        variables,
        send: () => send(variables),
        now,
        given,
      };
      return loaded
        ? loaded.followed(sending)
        : sending.send().finally(() => void queryClient.invalidateQueries({ queryKey }));
    },
  });
}

/** What can no longer be found has been canceled or removed: somebody else was faster. */
export function goneBefore(error: unknown): UnitResponse & { already: true } {
  if (CoviuError.is(error) && error.code === "not_found") return { ok: true, already: true };
  throw error;
}
