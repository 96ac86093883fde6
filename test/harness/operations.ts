import * as core from "../../src/core.ts";
import { type OverHttpOptions, overFaultyHttp } from "./overHttp.ts";

const now = "2026-01-11T22:52:00.000Z";
export const inHours = (hours: number) => new Date(Date.parse(now) + hours * 3_600_000).toISOString();

/** A clinic behind a faulty line, with one session of two people, and a way past the line to see how things stand. */
export async function booked(options: OverHttpOptions = {}) {
  const rig = await overFaultyHttp({ now, seed: "none", ...options });
  const direct = core.createCoviuClient(rig.sandbox);
  const { session_id, participants = [] } = await core.createSession(direct, {
    session_name: "Knee rehab, Zürich",
    start_time: inHours(24),
    end_time: inHours(25),
    participants: [{ display_name: "Mei-Ling Chen", role: "host" }, { display_name: "Ana Lee" }],
  });
  const participantId = participants[1]?.participant_id ?? "";
  return { ...rig, direct, sessionId: session_id, participantId };
}
export type Booked = Awaited<ReturnType<typeof booked>>;
type Asked = Pick<Booked, "client" | "sessionId" | "participantId">;

export interface Read {
  operation: string;
  ask: (asked: Asked) => Promise<unknown>;
  /** What it finds when all is well. */
  finds: object;
}

export interface Write {
  operation: string;
  send: (asked: Asked) => Promise<unknown>;
  /** How often the server has done it. */
  done: (clinic: Booked) => Promise<number>;
}

export const listing: Read = {
  operation: "getSessionPage",
  ask: ({ client }) => core.listSessions(client),
  finds: { more: false, content: [{ session_name: "Knee rehab, Zürich" }] },
};

export const opening: Read = {
  operation: "getSessionById",
  ask: ({ client, sessionId }) => core.getSession(client, sessionId),
  finds: { session_name: "Knee rehab, Zürich" },
};

const listingPeople: Read = {
  operation: "getSessionParticipants",
  ask: ({ client, sessionId }) => core.listParticipants(client, sessionId),
  finds: { content: [{ display_name: "Mei-Ling Chen" }, { display_name: "Ana Lee" }] },
};

const openingPerson: Read = {
  operation: "getSessionParticipant",
  ask: ({ client, participantId }) => core.getParticipant(client, participantId),
  finds: { display_name: "Ana Lee" },
};

export const creating: Write = {
  operation: "createSession",
  send: ({ client }) =>
    core.createSession(client, {
      session_name: "Intake call",
      start_time: inHours(48),
      end_time: inHours(49),
      participants: [{ display_name: "Zoë Müller", role: "guest" }],
    }),
  done: async ({ direct }) =>
    (await core.listSessions(direct)).content.filter((session) => session.session_name === "Intake call").length,
};

const adding: Write = {
  operation: "addSessionParticipant",
  send: ({ client, sessionId }) => core.addParticipant(client, sessionId, { display_name: "Interpreter" }),
  done: async (booked) => (await names(booked)).filter((name) => name === "Interpreter").length,
};

const updating: Write = {
  operation: "updateSession",
  send: ({ client, sessionId }) => core.updateSession(client, sessionId, { session_name: "Second visit" }),
  done: async ({ direct, sessionId }) =>
    Number((await core.getSession(direct, sessionId)).session_name === "Second visit"),
};

const updatingPerson: Write = {
  operation: "updateSessionParticipant",
  send: ({ client, participantId }) => core.updateParticipant(client, participantId, { display_name: "Ana" }),
  done: async (booked) => Number((await names(booked)).includes("Ana")),
};

export const canceling: Write = {
  operation: "deleteSession",
  send: ({ client, sessionId }) => core.cancelSession(client, sessionId),
  done: async ({ direct }) => Number((await core.listSessions(direct)).content.length === 0),
};

const removing: Write = {
  operation: "deleteSessionParticipant",
  send: ({ client, participantId }) => core.removeParticipant(client, participantId),
  done: async (booked) => Number(!(await names(booked)).includes("Ana Lee")),
};

export const reads = [listing, opening, listingPeople, openingPerson];
/** POSTs first. */
export const writes = [creating, adding, updating, updatingPerson, canceling, removing];

async function names({ direct, sessionId }: Booked) {
  return (await core.listParticipants(direct, sessionId)).content.map((person) => person.display_name);
}

export type Operation = Read | Write;

export function start(operation: Operation, asked: Asked): Promise<unknown> {
  return "ask" in operation ? operation.ask(asked) : operation.send(asked);
}
