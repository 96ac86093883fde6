import { type ReactElement, StrictMode, Suspense } from "react";

import {
  ConnectionBanner,
  type CoviuClient,
  CoviuProvider,
  EntryLink,
  FrontDesk,
  IdleLock,
  ParticipantList,
  type Session,
  SessionDetails,
  SessionList,
  SessionScheduler,
  SessionSchedulerDialog,
  useAddParticipant,
  useCancelSession,
  useCreateSession,
  useHydrated,
  useInfiniteSessions,
  useNow,
  useParticipant,
  useParticipants,
  useRemoveParticipant,
  useSession,
  useSessions,
  useSessionStatus,
  useSuspenseInfiniteSessions,
  useSuspenseParticipant,
  useSuspenseParticipants,
  useSuspenseSession,
  useSuspenseSessions,
  useUpdateParticipant,
  useUpdateSession,
} from "../../src/index.ts";
import { renderedAt } from "./clinic.ts";

export type ScreenName = "desk" | "parts" | "hooks" | "suspense";

/** Element of a screen, rendered on the server and again for hydration. */
export function screenOf(name: ScreenName, client: CoviuClient, session: Session): ReactElement {
  const screens = { desk: Desk, parts: Parts, hooks: Hooks, suspense: SuspendedParts };
  const Screen = screens[name];
  return (
    <StrictMode>
      <CoviuProvider client={client} timeZone="Australia/Sydney" locale="en-AU" now={now}>
        <Screen session={session} />
      </CoviuProvider>
    </StrictMode>
  );
}

function now(): Date {
  return new Date(renderedAt);
}

interface ScreenProps {
  session: Session;
}

function Desk() {
  return <FrontDesk />;
}

function Parts({ session }: ScreenProps) {
  const { session_id, participants = [] } = session;
  return (
    <main>
      <ConnectionBanner />
      <IdleLock afterMs={600_000}>Reception</IdleLock>
      <SessionList />
      <SessionDetails sessionId={session_id} />
      <ParticipantList sessionId={session_id} />
      <SessionScheduler />
      <SessionScheduler sessionId={session_id} />
      <SessionSchedulerDialog open onOpenChange={() => {}} />
      {participants.map((participant) => (
        <EntryLink key={participant.participant_id} participant={participant} session={session} />
      ))}
    </main>
  );
}

function Hooks({ session }: ScreenProps) {
  const { session_id, participants = [] } = session;
  const status = useSessionStatus(session);
  const time = useNow();
  const hydrated = useHydrated();
  const reads = {
    sessions: useSessions(),
    pages: useInfiniteSessions({ page_size: 5 }),
    session: useSession(session_id),
    participants: useParticipants(session_id),
    participant: useParticipant(participants[0]?.participant_id),
  };
  const writes = [
    useCreateSession(),
    useUpdateSession(),
    useCancelSession(),
    useAddParticipant(),
    useUpdateParticipant(),
    useRemoveParticipant(),
  ];
  return (
    <ul aria-label="Hooks">
      <li>{hydrated ? "hydrated" : "not hydrated"}</li>
      <li>{time ? `at ${time.toISOString()}` : "no time"}</li>
      <li>{status ? `is ${status.status}` : "no status"}</li>
      <li>{writes.every((write) => write.isIdle) && "all writes idle"}</li>
      {hydrated && Object.entries(reads).map(([name, read]) => <li key={name}>{`${name} ${read.status}`}</li>)}
    </ul>
  );
}

/** One boundary per suspense hook. */
function SuspendedParts({ session }: ScreenProps) {
  const participantId = session.participants?.[0]?.participant_id ?? "";
  const parts = {
    sessions: <OfSessions />,
    pages: <OfPages />,
    session: <OfSession id={session.session_id} />,
    participants: <OfParticipants id={session.session_id} />,
    participant: <OfParticipant id={participantId} />,
  };
  return (
    <ul aria-label="Suspense">
      {Object.entries(parts).map(([name, part]) => (
        <li key={name}>
          <Suspense fallback={`waiting for ${name}`}>{part}</Suspense>
        </li>
      ))}
    </ul>
  );
}

function OfSessions() {
  return `${useSuspenseSessions().data.content.length} sessions`;
}

function OfPages() {
  return `${useSuspenseInfiniteSessions({ page_size: 5 }).data.pages.length} page`;
}

function OfSession({ id }: { id: string }) {
  return `session ${useSuspenseSession(id).data.session_name}`;
}

function OfParticipants({ id }: { id: string }) {
  return `${useSuspenseParticipants(id).data.content.length} participants`;
}

function OfParticipant({ id }: { id: string }) {
  return `participant ${useSuspenseParticipant(id).data.display_name}`;
}
