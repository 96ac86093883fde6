export { createCoviuClient } from "./api/client.ts";
export type { CoviuClient, OperationCall } from "./api/client.ts";
export type { ClientTimeouts, CoviuClientOptions, EditOptions, RequestOptions } from "./api/clientOptions.ts";
export type { Operation } from "./api/operations.ts";
export type { Connection, ConnectionState } from "./api/connection.ts";
export { CoviuError } from "./api/errors.ts";
export type { CoviuErrorCode, CoviuErrorDetails, CoviuErrorOutcome } from "./api/errors.ts";
export type { AppHeaders, GetHeaders } from "./api/headerSource.ts";
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
export type { Rule, RuleReason, SessionRules, SessionStatus, SessionTimes } from "./domain/lifecycle.ts";
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
export type { InfiniteReadOptions, ReadOptions, WriteOptions } from "./queries/options.ts";
export { participantKeys, sessionKeys } from "./queries/keys.ts";
export type { ParticipantKeys, SessionKeys } from "./queries/keys.ts";
export {
  addParticipantMutationOptions,
  participantQueryOptions,
  participantsQueryOptions,
  removeParticipantMutationOptions,
  updateParticipantMutationOptions,
} from "./queries/participants.ts";
export type {
  AddParticipantVariables,
  CancelSessionVariables,
  RemoveParticipantVariables,
  UpdateParticipantVariables,
  UpdateSessionVariables,
} from "./queries/writeEffects.ts";
export {
  cancelSessionMutationOptions,
  createSessionMutationOptions,
  infiniteSessionsQueryOptions,
  sessionQueryOptions,
  sessionsQueryOptions,
  updateSessionMutationOptions,
} from "./queries/sessions.ts";
