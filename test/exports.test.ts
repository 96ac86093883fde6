import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import * as core from "../src/core.ts";
import * as index from "../src/index.ts";
import * as sandbox from "../src/sandbox/index.ts";
import * as server from "../src/server/index.ts";

const coreNames = [
  "CoviuError",
  "GetSessionParams",
  "ListSessionsParams",
  "Participant",
  "ParticipantCreationRequest",
  "ParticipantPage",
  "ParticipantUpdateRequest",
  "Session",
  "SessionCreationRequest",
  "SessionPage",
  "SessionUpdateRequest",
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
  "revealEntryUrl",
  "sessionCalendar",
  "sessionKeys",
  "sessionQueryOptions",
  "sessionRules",
  "sessionStatus",
  "sessionsCsv",
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
  "PendingWrites",
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
  "pendingWritesMessages",
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
  "useFormat",
  "useFrontDesk",
  "useHydrated",
  "useIdleLock",
  "useInfiniteSessions",
  "useNow",
  "useParticipant",
  "useParticipantList",
  "useParticipants",
  "usePendingWrites",
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
    expect(Object.keys(server).toSorted()).toEqual([
      "createAccessTokenSource",
      "createCoviuProxy",
      "createMemoryStore",
      "createRedisStore",
      "ownSessions",
    ]);
    expect(Object.keys(sandbox).toSorted()).toEqual(["createSandbox", "watchCanaries"]);
  });

  it("are also those of the types that a public type mentions", () => {
    const types = exportsOf("./index.ts", "export type");
    const known = new Set([...types, ...exportsOf("./index.ts", "export")].map(({ name }) => name));
    const hidden = types.flatMap(({ name, from }) => {
      const source = sourceOf(from);
      const body = new RegExp(`^export (interface ${name}\\b[^]*?^\\}|type ${name} = ({$[^]*?^}|[^]*?);$)`, "m").exec(
        source,
      );
      const plain = body?.[0].replaceAll(/\/\*\*[^]*?\*\//g, "") ?? "";
      return typesIn(source)
        .filter((type) => !known.has(type) && !ownBusiness.has(type))
        .filter((type) => new RegExp(`(?<!keyof )\\b${type}\\b`).test(plain))
        .map((type) => `${name} mentions ${type}`);
    });
    expect(hidden).toEqual([]);
  });
});

/** What a call of the client takes, and what the provider's props inherit. */
const ownBusiness = new Set(["Call", "Settings"]);

function exportsOf(path: string, kind: "export" | "export type") {
  return [...sourceOf(path).matchAll(new RegExp(`^${kind} {([^}]*)} from "([^"]*)"`, "gm"))].flatMap(
    ([, names = "", from = ""]) => listed(names).map((name) => ({ name, from })),
  );
}

function sourceOf(path: string): string {
  return readFileSync(new URL(`../src/${path}`, import.meta.url), "utf8");
}

/** The types of ours that a file declares or imports. */
function typesIn(source: string): string[] {
  const imported = [...source.matchAll(/^import (?:type )?\{([^}]*)\} from "\./gm)].flatMap(([, names = ""]) =>
    listed(names),
  );
  const declared = [...source.matchAll(/^(?:export )?(?:interface|type) (\w+)/gm)].map(([, name = ""]) => name);
  return [...imported, ...declared];
}

function listed(names: string): string[] {
  return names
    .split(",")
    .map((name) => name.trim().replace("type ", ""))
    .filter((name) => name !== "");
}
