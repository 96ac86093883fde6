import { describe, expect, it } from "vitest";

import * as core from "../src/core.ts";
import * as index from "../src/index.ts";
import * as sandbox from "../src/sandbox/index.ts";
import * as server from "../src/server/index.ts";

const coreNames = [
  "CoviuError",
  "Participant",
  "ParticipantCreationRequest",
  "ParticipantPage",
  "ParticipantUpdateRequest",
  "Session",
  "SessionCreationRequest",
  "SessionPage",
  "SessionParams",
  "SessionUpdateRequest",
  "SessionsParams",
  "UnitResponse",
  "addDays",
  "addParticipant",
  "addParticipantMutationOptions",
  "admits",
  "cancelSession",
  "cancelSessionMutationOptions",
  "createCoviuClient",
  "createSession",
  "createSessionMutationOptions",
  "dayOf",
  "formatDay",
  "formatTime",
  "formatTimeRange",
  "fromWallClock",
  "getParticipant",
  "getSession",
  "guests",
  "hosts",
  "infiniteSessionsQueryOptions",
  "isHost",
  "isTimeZone",
  "listParticipants",
  "listSessions",
  "minutesBetween",
  "participantKeys",
  "participantQueryOptions",
  "participantRole",
  "participantsQueryOptions",
  "presentPeople",
  "removeParticipant",
  "removeParticipantMutationOptions",
  "sessionKeys",
  "sessionQueryOptions",
  "sessionRules",
  "sessionStatus",
  "sessionsQueryOptions",
  "startOfDay",
  "toWallClock",
  "trustedEntryUrl",
  "trustedPictureUrl",
  "updateParticipant",
  "updateParticipantMutationOptions",
  "updateSession",
  "updateSessionMutationOptions",
  "zoneNames",
];
const reactNames = [
  "ConnectionBanner",
  "CoviuProvider",
  "EntryLink",
  "FrontDesk",
  "IdleLock",
  "ParticipantList",
  "SessionDetails",
  "SessionList",
  "SessionScheduler",
  "SessionSchedulerDialog",
  "connectionBannerMessages",
  "entryLinkMessages",
  "failureMessages",
  "failureText",
  "frontDeskMessages",
  "idleLockMessages",
  "participantListMessages",
  "sessionDetailsMessages",
  "sessionListMessages",
  "sessionSchedulerMessages",
  "useAddParticipant",
  "useCancelSession",
  "useConnectionBanner",
  "useCoviu",
  "useCoviuConnection",
  "useCoviuSignOut",
  "useCreateSession",
  "useEntryLink",
  "useFrontDesk",
  "useHydrated",
  "useIdleLock",
  "useInfiniteSessions",
  "useNow",
  "useParticipant",
  "useParticipantList",
  "useParticipants",
  "usePersonForm",
  "useRemoveParticipant",
  "useSession",
  "useSessionDetails",
  "useSessionList",
  "useSessionScheduler",
  "useSessionStatus",
  "useSessions",
  "useSuspenseInfiniteSessions",
  "useSuspenseParticipant",
  "useSuspenseParticipants",
  "useSuspenseSession",
  "useSuspenseSessions",
  "useUpdateParticipant",
  "useUpdateSession",
  "useWrites",
];

describe("public names", () => {
  it("are these in core", () => {
    expect(Object.keys(core).toSorted()).toEqual(coreNames);
  });

  it("are these besides in the main entry", () => {
    expect(
      Object.keys(index)
        .filter((name) => !(name in core))
        .toSorted(),
    ).toEqual(reactNames);
  });

  it("of core are all in the main entry, and the same things", () => {
    expect(index).toMatchObject({ ...core });
  });

  it("are these for servers and for tests", () => {
    expect(Object.keys(server).toSorted()).toEqual(["createAccessTokenSource"]);
    expect(Object.keys(sandbox).toSorted()).toEqual(["createSandbox", "watchCanaries"]);
  });
});
