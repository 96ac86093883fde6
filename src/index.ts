"use client";
import type { ReactNode } from "react";

import type { CoviuMessages } from "./components/CoviuMessages.ts";
import { CoviuProvider as Provider, type CoviuProviderProps as ProviderProps } from "./provider/CoviuProvider.tsx";

export interface CoviuProviderProps extends ProviderProps {
  /** Texts by component, for example `{ entryLink: { copy: "Link kopieren" } }`. */
  messages?: CoviuMessages | undefined;
}

/**
 * Gives everything below it the client, the clinic's time zone and the locale. Another `client` unmounts everything
 * below, and what was cached for the first one is dropped before anything of the next is shown.
 */
// The provider itself knows nothing of the components that stand above it, and so none of their texts.
export const CoviuProvider: (props: CoviuProviderProps) => ReactNode = Provider;

export { createCoviuClient } from "./api/client.ts";
export type { CoviuClient } from "./api/client.ts";
export type { ClientTimeouts, CoviuClientOptions, EditOptions, RequestOptions } from "./api/clientOptions.ts";
export type { Operation } from "./api/operations.ts";
export type { Connection, ConnectionState } from "./api/connection.ts";
export { CoviuError } from "./api/errors.ts";
export type { CoviuErrorCode, CoviuErrorOutcome } from "./api/errors.ts";
export type { AccessToken, GetAccessToken } from "./api/tokenSource.ts";
export {
  addParticipant,
  getParticipant,
  listParticipants,
  removeParticipant,
  updateParticipant,
} from "./api/participants.ts";
export { cancelSession, createSession, getSession, listSessions, updateSession } from "./api/sessions.ts";
export { revealEntryUrl } from "./api/entryUrl.ts";
export {
  GetSessionParams,
  ListSessionsParams,
  ParticipantCreationRequest,
  ParticipantUpdateRequest,
  SessionCreationRequest,
  SessionUpdateRequest,
} from "./api/requests.ts";
export { Participant, ParticipantPage, Session, SessionPage, UnitResponse } from "./api/schemas.ts";
export type { Drift } from "./api/decode.ts";
export type { Role } from "./api/schemas.ts";
export { formatDay, formatTime, formatTimeRange, zoneNames } from "./domain/formatTime.ts";
export type { Zoned, ZoneNames } from "./domain/formatTime.ts";
export { admits } from "./domain/admits.ts";
export { sessionRules, sessionStatus } from "./domain/lifecycle.ts";
export type { Rule, RuleReason, SessionStatus, SessionTimes } from "./domain/lifecycle.ts";
export type { SessionField, SessionFields, SessionSpan } from "./domain/sessionFields.ts";
export type { Clash } from "./domain/clashes.ts";
export type { DatePart } from "./domain/typedTime.ts";
export { sessionCalendar } from "./domain/sessionCalendar.ts";
export type { SessionCalendarOptions } from "./domain/sessionCalendar.ts";
export { sessionsCsv } from "./domain/sessionsCsv.ts";
export type { SessionColumn, SessionsCsvOptions } from "./domain/sessionsCsv.ts";
export { trustedEntryUrl, trustedPictureUrl } from "./domain/links.ts";
export { guests, hosts, isHost, participantRole, presentPeople } from "./domain/roles.ts";
export {
  addDays,
  dayOf,
  fromWallClock,
  isTimeZone,
  minutesBetween,
  startOfDay,
  toWallClock,
} from "./domain/wallClock.ts";
export type { CalendarDay, WallClock, ZonedReading } from "./domain/wallClock.ts";
export { participantKeys, sessionKeys } from "./queries/keys.ts";
export {
  addParticipantMutationOptions,
  participantQueryOptions,
  participantsQueryOptions,
  removeParticipantMutationOptions,
  updateParticipantMutationOptions,
} from "./queries/participants.ts";
export {
  cancelSessionMutationOptions,
  createSessionMutationOptions,
  infiniteSessionsQueryOptions,
  sessionQueryOptions,
  sessionsQueryOptions,
  updateSessionMutationOptions,
} from "./queries/sessions.ts";
export { useCoviu } from "./provider/CoviuProvider.tsx";
export type { Coviu } from "./provider/CoviuProvider.tsx";
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
export { usePendingWrites } from "./hooks/usePendingWrites.ts";
export type { PendingWrite, PendingWritePhase } from "./queries/pendingWrites.ts";
export type { MutationSettings, QuerySettings } from "./hooks/settings.ts";
export { ConnectionBanner } from "./components/ConnectionBanner/ConnectionBanner.tsx";
export type { ConnectionBannerProps } from "./components/ConnectionBanner/ConnectionBanner.tsx";
export { connectionBannerMessages } from "./components/connection/messages.ts";
export type { ConnectionBannerMessages } from "./components/connection/messages.ts";
export { useConnectionBanner } from "./components/ConnectionBanner/useConnectionBanner.ts";
export { EntryLink } from "./components/EntryLink/EntryLink.tsx";
export type { EntryLinkProps } from "./components/EntryLink/EntryLink.tsx";
export { entryLinkMessages } from "./components/EntryLink/messages.ts";
export type { EntryLinkMessages } from "./components/EntryLink/messages.ts";
export { useEntryLink } from "./components/EntryLink/useEntryLink.ts";
export { failureMessages } from "./components/Failure/messages.ts";
export type { FailureMessages } from "./components/Failure/messages.ts";
export { FrontDesk } from "./components/FrontDesk/FrontDesk.tsx";
export type { FrontDeskProps } from "./components/FrontDesk/FrontDesk.tsx";
export { frontDeskMessages } from "./components/FrontDesk/messages.ts";
export type { FrontDeskMessages } from "./components/FrontDesk/messages.ts";
export { PendingWrites } from "./components/PendingWrites/PendingWrites.tsx";
export type { PendingWritesProps } from "./components/PendingWrites/PendingWrites.tsx";
export { pendingWritesMessages } from "./components/PendingWrites/messages.ts";
export type { PendingWritesMessages, WriteValues } from "./components/PendingWrites/messages.ts";
export { useFrontDesk } from "./components/FrontDesk/useFrontDesk.ts";
export type { FieldChange, EditConflictMessages } from "./components/EditConflict/messages.ts";
export { IdleLock } from "./components/IdleLock/IdleLock.tsx";
export type { IdleLockProps } from "./components/IdleLock/IdleLock.tsx";
export { idleLockMessages } from "./components/IdleLock/messages.ts";
export type { IdleLockMessages } from "./components/IdleLock/messages.ts";
export { useIdleLock } from "./components/IdleLock/useIdleLock.ts";
export type { IdleLockOptions } from "./components/IdleLock/useIdleLock.ts";
export { ParticipantList } from "./components/ParticipantList/ParticipantList.tsx";
export type { ParticipantListProps } from "./components/ParticipantList/ParticipantList.tsx";
export { participantListMessages } from "./components/ParticipantList/messages.ts";
export type { ParticipantListMessages } from "./components/ParticipantList/messages.ts";
export { useParticipantList } from "./components/ParticipantList/useParticipantList.ts";
export { SessionDetails } from "./components/SessionDetails/SessionDetails.tsx";
export type { SessionDetailsProps } from "./components/SessionDetails/SessionDetails.tsx";
export { sessionDetailsMessages } from "./components/SessionDetails/messages.ts";
export type { SessionDetailsMessages } from "./components/SessionDetails/messages.ts";
export { useSessionDetails } from "./components/SessionDetails/useSessionDetails.ts";
export { SessionList } from "./components/SessionList/SessionList.tsx";
export type { SessionListProps } from "./components/SessionList/SessionList.tsx";
export { sessionListMessages } from "./components/SessionList/messages.ts";
export type { SessionListMessages } from "./components/SessionList/messages.ts";
export { useSessionList } from "./components/SessionList/useSessionList.ts";
export { SessionScheduler } from "./components/SessionScheduler/SessionScheduler.tsx";
export type { SessionSchedulerProps } from "./components/SessionScheduler/SessionScheduler.tsx";
export { SessionSchedulerDialog } from "./components/SessionScheduler/SessionSchedulerDialog.tsx";
export type { SessionSchedulerDialogProps } from "./components/SessionScheduler/SessionSchedulerDialog.tsx";
export { sessionSchedulerMessages } from "./components/SessionScheduler/messages.ts";
export type { SessionSchedulerMessages } from "./components/SessionScheduler/messages.ts";
export { useSessionScheduler } from "./components/SessionScheduler/useSessionScheduler.ts";
export type { CoviuMessages } from "./components/CoviuMessages.ts";
export { failureText } from "./components/Failure/failureText.ts";
export { usePersonForm } from "./components/ParticipantList/usePersonForm.ts";
export type { PersonName } from "./components/EntryLink/messages.ts";
export type { FailureText } from "./components/Failure/messages.ts";
export type { PersonField, PersonFormOptions } from "./components/ParticipantList/usePersonForm.ts";
export type { SessionFilters, SessionRange, SessionView } from "./components/SessionList/filters.ts";
export type { ListedPerson, SessionListOptions } from "./components/SessionList/useSessionList.ts";
export type { ShownTimes } from "./components/SessionScheduler/messages.ts";
export type {
  SessionClash,
  SessionSchedulerOptions,
  UseSessionSchedulerResult,
} from "./components/SessionScheduler/useSessionScheduler.ts";
export type {
  BookingForm,
  BookingFormOptions,
  UnconfirmedBooking,
} from "./components/SessionScheduler/useBookingForm.ts";
export type { EditForm } from "./components/SessionScheduler/useEditForm.ts";
export type { SessionFormState } from "./components/SessionScheduler/useSessionDraft.ts";
export type { ClockReading, PersonRow, SessionDraft } from "./components/SessionScheduler/draft.ts";
export type { ClockQuestion, DraftTimes, TimeOfDay } from "./components/SessionScheduler/draftTimes.ts";
export type { DraftProblem, DraftProblemCode } from "./components/SessionScheduler/draftProblems.ts";
export type { FieldAddress, FieldName } from "./components/SessionScheduler/fieldAddress.ts";
export type { FieldConflict } from "./components/EditConflict/EditConflict.tsx";
export type { TypedDate } from "./ui/typedDate.ts";
export type { PersonDraft } from "./components/person/personDraft.ts";
