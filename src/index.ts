"use client";
import type { ReactNode } from "react";

import type { CoviuMessages } from "./components/CoviuMessages.ts";
import { CoviuProvider as Provider, type CoviuProviderProps as ProviderProps } from "./provider/CoviuProvider.tsx";

export interface CoviuProviderProps extends ProviderProps {
  /** Texts of components in place of the English ones, for example `{ entryLink: { copy: "Link kopieren" } }`. */
  messages?: CoviuMessages | undefined;
}

/**
 * Provides the client, the time zone and the locale to the components and hooks below it. Another `client` unmounts
 * everything below and drops what was cached for the first one.
 *
 * @example
 *   const client = createCoviuClient({ baseUrl: "/api/coviu" });
 *
 *   export function App() {
 *     return (
 *       <CoviuProvider client={client} timeZone="Australia/Sydney" locale="en-AU">
 *         <FrontDesk />
 *       </CoviuProvider>
 *     );
 *   }
 */
// The type of `messages` is added here: the layer of the provider knows no components.
export const CoviuProvider: (props: CoviuProviderProps) => ReactNode = Provider;

// The build writes named exports in its place: Next.js allows no `export *` in a client module.
export * from "./core.ts";

export type { SessionField, SessionFields, SessionSpan } from "./domain/sessionFields.ts";
export type { Clash } from "./domain/clashes.ts";
export type { DatePart } from "./domain/typedTime.ts";

export type { PendingWrite, PendingWritePhase } from "./queries/pendingWrites.ts";

export { useCoviu } from "./provider/CoviuProvider.tsx";
export type { Coviu } from "./provider/CoviuProvider.tsx";

export type { MutationSettings, QuerySettings } from "./hooks/settings.ts";
export { useAddParticipant } from "./hooks/useAddParticipant.ts";
export { useCancelSession } from "./hooks/useCancelSession.ts";
export { useCoviuConnection } from "./hooks/useCoviuConnection.ts";
export { useCoviuSignOut } from "./hooks/useCoviuSignOut.ts";
export { useCreateSession } from "./hooks/useCreateSession.ts";
export { useFormat } from "./hooks/useFormat.ts";
export type { CoviuFormat } from "./hooks/useFormat.ts";
export { useHydrated } from "./hooks/useHydrated.ts";
export { useInfiniteSessions } from "./hooks/useInfiniteSessions.ts";
export { useNow } from "./hooks/useNow.ts";
export { useParticipant } from "./hooks/useParticipant.ts";
export { useParticipants } from "./hooks/useParticipants.ts";
export { usePendingWrites } from "./hooks/usePendingWrites.ts";
export type { UsePendingWritesResult } from "./hooks/usePendingWrites.ts";
export { useRemoveParticipant } from "./hooks/useRemoveParticipant.ts";
export { useSession } from "./hooks/useSession.ts";
export { useSessions } from "./hooks/useSessions.ts";
export { useSessionStatus } from "./hooks/useSessionStatus.ts";
export { useSuspenseInfiniteSessions } from "./hooks/useSuspenseInfiniteSessions.ts";
export { useSuspenseParticipant } from "./hooks/useSuspenseParticipant.ts";
export { useSuspenseParticipants } from "./hooks/useSuspenseParticipants.ts";
export { useSuspenseSession } from "./hooks/useSuspenseSession.ts";
export { useSuspenseSessions } from "./hooks/useSuspenseSessions.ts";
export { useUpdateParticipant } from "./hooks/useUpdateParticipant.ts";
export { useUpdateSession } from "./hooks/useUpdateSession.ts";

export type { TypedDate } from "./ui/typedDate.ts";

export type { CancelSessionMessages } from "./components/cancelSession/messages.ts";
export type { SessionCancellation } from "./components/cancelSession/useSessionCancellation.ts";
export { connectionBannerMessages } from "./components/connection/messages.ts";
export type { ConnectionBannerMessages } from "./components/connection/messages.ts";
export type { AnnouncedConnection } from "./components/connection/useAnnouncedConnection.ts";
export { ConnectionBanner } from "./components/ConnectionBanner/ConnectionBanner.tsx";
export type { ConnectionBannerProps } from "./components/ConnectionBanner/ConnectionBanner.tsx";
export { useConnectionBanner } from "./components/ConnectionBanner/useConnectionBanner.ts";
export type { UseConnectionBannerResult } from "./components/ConnectionBanner/useConnectionBanner.ts";
export type { CoviuMessages } from "./components/CoviuMessages.ts";
export type { DuplicateMessages } from "./components/duplicates/messages.ts";
export type { FieldConflict } from "./components/EditConflict/EditConflict.tsx";
export type { EditConflictMessages, FieldChange } from "./components/EditConflict/messages.ts";
export { EntryLink } from "./components/EntryLink/EntryLink.tsx";
export type { EntryLinkProps } from "./components/EntryLink/EntryLink.tsx";
export { entryLinkMessages } from "./components/EntryLink/messages.ts";
export type { EntryLinkMessages, PersonName } from "./components/EntryLink/messages.ts";
export { useEntryLink } from "./components/EntryLink/useEntryLink.ts";
export type { EntryLinkProblem, EntryLinkState, UseEntryLinkResult } from "./components/EntryLink/useEntryLink.ts";
export { FailureNotice } from "./components/Failure/FailureNotice.tsx";
export type { FailureNoticeProps } from "./components/Failure/FailureNotice.tsx";
export { failureText } from "./components/Failure/failureText.ts";
export type { FailureKind } from "./components/Failure/failureText.ts";
export { failureMessages } from "./components/Failure/messages.ts";
export type { FailureMessages, FailureText } from "./components/Failure/messages.ts";
export { FrontDesk } from "./components/FrontDesk/FrontDesk.tsx";
export type { FrontDeskProps } from "./components/FrontDesk/FrontDesk.tsx";
export { frontDeskMessages } from "./components/FrontDesk/messages.ts";
export type { FrontDeskMessages } from "./components/FrontDesk/messages.ts";
export { useFrontDesk } from "./components/FrontDesk/useFrontDesk.ts";
export type { UseFrontDeskResult } from "./components/FrontDesk/useFrontDesk.ts";
export { IdleLock } from "./components/IdleLock/IdleLock.tsx";
export type { IdleLockProps } from "./components/IdleLock/IdleLock.tsx";
export { idleLockMessages } from "./components/IdleLock/messages.ts";
export type { IdleLockMessages } from "./components/IdleLock/messages.ts";
export { useIdleLock } from "./components/IdleLock/useIdleLock.ts";
export type { IdleLockOptions, UseIdleLockResult } from "./components/IdleLock/useIdleLock.ts";
export { participantListMessages } from "./components/ParticipantList/messages.ts";
export type { ParticipantListMessages } from "./components/ParticipantList/messages.ts";
export { ParticipantList } from "./components/ParticipantList/ParticipantList.tsx";
export type { ParticipantListProps } from "./components/ParticipantList/ParticipantList.tsx";
export { useParticipantList } from "./components/ParticipantList/useParticipantList.ts";
export type {
  PeopleResult,
  PeopleQuestion,
  PersonChanges,
  UseParticipantListResult,
} from "./components/ParticipantList/useParticipantList.ts";
export { usePersonForm } from "./components/ParticipantList/usePersonForm.ts";
export type { PersonFormOptions, UsePersonFormResult } from "./components/ParticipantList/usePersonForm.ts";
export { pendingWritesMessages } from "./components/PendingWrites/messages.ts";
export type { PendingWritesMessages, WriteValues } from "./components/PendingWrites/messages.ts";
export { PendingWrites } from "./components/PendingWrites/PendingWrites.tsx";
export type { PendingWritesProps } from "./components/PendingWrites/PendingWrites.tsx";
export type { ListedPerson } from "./components/person/listedPerson.ts";
export type { PersonDraft, PersonField, PersonProblem, PersonProblems } from "./components/person/personDraft.ts";
export { sessionDetailsMessages } from "./components/SessionDetails/messages.ts";
export type { SessionDetailsMessages } from "./components/SessionDetails/messages.ts";
export { SessionDetails } from "./components/SessionDetails/SessionDetails.tsx";
export type { SessionDetailsProps } from "./components/SessionDetails/SessionDetails.tsx";
export { useSessionDetails } from "./components/SessionDetails/useSessionDetails.ts";
export type { UseSessionDetailsResult } from "./components/SessionDetails/useSessionDetails.ts";
export type {
  ListedSession,
  SessionFilters,
  SessionGroup,
  SessionRange,
  SessionView,
} from "./components/SessionList/filters.ts";
export { sessionListMessages } from "./components/SessionList/messages.ts";
export type { SessionListMessages } from "./components/SessionList/messages.ts";
export { SessionList } from "./components/SessionList/SessionList.tsx";
export type { SessionListProps } from "./components/SessionList/SessionList.tsx";
export { useSessionList } from "./components/SessionList/useSessionList.ts";
export type { SessionListOptions, UseSessionListResult } from "./components/SessionList/useSessionList.ts";
export type { ClockReading, PersonRow, SessionDraft } from "./components/SessionScheduler/draft.ts";
export type { DraftProblem, DraftProblemCode } from "./components/SessionScheduler/draftProblems.ts";
export type { ClockQuestion, DraftTimes, TimeOfDay } from "./components/SessionScheduler/draftTimes.ts";
export type { FieldAddress, FieldName } from "./components/SessionScheduler/fieldAddress.ts";
export { sessionSchedulerMessages } from "./components/SessionScheduler/messages.ts";
export type { SessionSchedulerMessages, ShownTimes } from "./components/SessionScheduler/messages.ts";
export { SessionScheduler } from "./components/SessionScheduler/SessionScheduler.tsx";
export type { SessionSchedulerProps } from "./components/SessionScheduler/SessionScheduler.tsx";
export { SessionSchedulerDialog } from "./components/SessionScheduler/SessionSchedulerDialog.tsx";
export type { SessionSchedulerDialogProps } from "./components/SessionScheduler/SessionSchedulerDialog.tsx";
export type {
  BookingForm,
  BookingFormOptions,
  UnconfirmedBooking,
} from "./components/SessionScheduler/useBookingForm.ts";
export type { EditForm } from "./components/SessionScheduler/useEditForm.ts";
export type { SessionFormState } from "./components/SessionScheduler/useSessionDraft.ts";
export { useSessionScheduler } from "./components/SessionScheduler/useSessionScheduler.ts";
export type {
  SessionClash,
  SessionSchedulerOptions,
  UseSessionSchedulerResult,
} from "./components/SessionScheduler/useSessionScheduler.ts";
export type { Age } from "./components/time/useAge.ts";
