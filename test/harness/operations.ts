import * as core from "../../src/core.ts";
import { type OverHttpOptions, overFaultyHttp } from "./overHttp.ts";

const now = "2026-01-11T22:52:00.000Z";
export const inHours = (hours: number) => new Date(Date.parse(now) + hours * 3_600_000).toISOString();

/** Sandbox behind a fault proxy, with one session of two people. `direct` is a client that bypasses the proxy. */
export async function openClinic(options: OverHttpOptions = {}) {
  const connection = await overFaultyHttp({ now, seed: "none", ...options });
  const direct = core.createCoviuClient(connection.sandbox);
  const { session_id, participants = [] } = await core.createSession(direct, {
    session_name: "Knee rehab, Zürich",
    start_time: inHours(24),
    end_time: inHours(25),
    participants: [{ display_name: "Mei-Ling Chen", role: "host" }, { display_name: "Ana Lee" }],
  });
  const participantId = participants[1]?.participant_id ?? "";
  return { ...connection, direct, sessionId: session_id, participantId };
}
export type Clinic = Awaited<ReturnType<typeof openClinic>>;
type Target = Pick<Clinic, "client" | "sessionId" | "participantId">;

export interface Read {
  operation: string;
  read: (target: Target) => Promise<unknown>;
  /** Part of the result without a fault. */
  expected: object;
}

export interface Write {
  operation: string;
  send: (target: Target) => Promise<unknown>;
  /** Number of times that the server has done it. */
  effectCount: (clinic: Clinic) => Promise<number>;
}

export const listRead: Read = {
  operation: "getSessionPage",
  read: ({ client }) => core.listSessions(client),
  expected: { more: false, content: [{ session_name: "Knee rehab, Zürich" }] },
};

export const getRead: Read = {
  operation: "getSessionById",
  read: ({ client, sessionId }) => core.getSession(client, sessionId),
  expected: { session_name: "Knee rehab, Zürich" },
};

const listPeopleRead: Read = {
  operation: "getSessionParticipants",
  read: ({ client, sessionId }) => core.listParticipants(client, sessionId),
  expected: { content: [{ display_name: "Mei-Ling Chen" }, { display_name: "Ana Lee" }] },
};

const getPersonRead: Read = {
  operation: "getSessionParticipant",
  read: ({ client, participantId }) => core.getParticipant(client, participantId),
  expected: { display_name: "Ana Lee" },
};

export const createWrite: Write = {
  operation: "createSession",
  send: ({ client }) =>
    core.createSession(client, {
      session_name: "Intake call",
      start_time: inHours(48),
      end_time: inHours(49),
      participants: [{ display_name: "Zoë Müller", role: "guest" }],
    }),
  effectCount: async ({ direct }) =>
    (await core.listSessions(direct)).content.filter((session) => session.session_name === "Intake call").length,
};

const addPersonWrite: Write = {
  operation: "addSessionParticipant",
  send: ({ client, sessionId }) => core.addParticipant(client, sessionId, { display_name: "Interpreter" }),
  effectCount: async (clinic) => (await names(clinic)).filter((name) => name === "Interpreter").length,
};

const updateWrite: Write = {
  operation: "updateSession",
  send: ({ client, sessionId }) => core.updateSession(client, sessionId, { session_name: "Second visit" }),
  effectCount: async ({ direct, sessionId }) =>
    Number((await core.getSession(direct, sessionId)).session_name === "Second visit"),
};

const updatePersonWrite: Write = {
  operation: "updateSessionParticipant",
  send: ({ client, participantId }) => core.updateParticipant(client, participantId, { display_name: "Ana" }),
  effectCount: async (clinic) => Number((await names(clinic)).includes("Ana")),
};

export const cancelWrite: Write = {
  operation: "deleteSession",
  send: ({ client, sessionId }) => core.cancelSession(client, sessionId),
  effectCount: async ({ direct }) => Number((await core.listSessions(direct)).content.length === 0),
};

const removePersonWrite: Write = {
  operation: "deleteSessionParticipant",
  send: ({ client, participantId }) => core.removeParticipant(client, participantId),
  effectCount: async (clinic) => Number(!(await names(clinic)).includes("Ana Lee")),
};

export const reads = [listRead, getRead, listPeopleRead, getPersonRead];
/** Writes, with the two POSTs first. */
export const writes = [createWrite, addPersonWrite, updateWrite, updatePersonWrite, cancelWrite, removePersonWrite];

async function names({ direct, sessionId }: Clinic) {
  return (await core.listParticipants(direct, sessionId)).content.map((person) => person.display_name);
}

export type Operation = Read | Write;

export function runOperation(operation: Operation, target: Target): Promise<unknown> {
  return "read" in operation ? operation.read(target) : operation.send(target);
}
