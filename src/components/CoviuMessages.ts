import type { ConnectionBannerMessages } from "./connection/messages.ts";
import type { EditConflictMessages } from "./EditConflict/messages.ts";
import type { EntryLinkMessages } from "./EntryLink/messages.ts";
import type { FailureMessages } from "./Failure/messages.ts";
import type { FrontDeskMessages } from "./FrontDesk/messages.ts";
import type { IdleLockMessages } from "./IdleLock/messages.ts";
import type { ParticipantListMessages } from "./ParticipantList/messages.ts";
import type { PendingWritesMessages } from "./PendingWrites/messages.ts";
import type { SessionDetailsMessages } from "./SessionDetails/messages.ts";
import type { SessionListMessages } from "./SessionList/messages.ts";
import type { SessionSchedulerMessages } from "./SessionScheduler/messages.ts";

/** Texts that `messages` of the provider may replace. `{ … } satisfies CoviuMessages` finds a misspelt name. */
export type CoviuMessages = {
  connectionBanner?: Partial<ConnectionBannerMessages>;
  entryLink?: Partial<EntryLinkMessages>;
  failure?: Partial<FailureMessages>;
  frontDesk?: Partial<FrontDeskMessages>;
  idleLock?: Partial<IdleLockMessages>;
  editConflict?: Partial<EditConflictMessages>;
  participantList?: Partial<ParticipantListMessages>;
  sessionDetails?: Partial<SessionDetailsMessages>;
  sessionList?: Partial<SessionListMessages>;
  sessionScheduler?: Partial<SessionSchedulerMessages>;
  pendingWrites?: Partial<PendingWritesMessages>;
};
