import * as core from "../../src/core.ts";
import { inHours } from "./testTime.ts";

interface Target {
  client: core.CoviuClient;
  sessionId: string;
  participantId: string;
}
/** The target, with a client that no fault affects. */
type DirectTarget = Omit<Target, "client"> & { direct: core.CoviuClient };

export interface Read {
  operation: core.Operation;
  read: (target: Target) => Promise<unknown>;
  /** Part of the result without a fault. */
  expected: object;
}

export interface Write {
  operation: core.Operation;
  send: (target: Target) => Promise<unknown>;
  /** Number of times that the server has done it. */
  effectCount: (clinic: DirectTarget) => Promise<number>;
}

export const listRead: Read = {
  operation: "getSessionPage",
  read: ({ client }) => core.listSessions(client),
  expected: { more: false, content: [{ session_name: "Knee rehab" }] },
};

export const getRead: Read = {
  operation: "getSessionById",
  read: ({ client, sessionId }) => core.getSession(client, sessionId),
  expected: { session_name: "Knee rehab" },
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

async function names({ direct, sessionId }: DirectTarget) {
  return (await core.listParticipants(direct, sessionId)).content.map((person) => person.display_name);
}

export type Operation = Read | Write;

export function runOperation(operation: Operation, target: Target): Promise<unknown> {
  return "read" in operation ? operation.read(target) : operation.send(target);
}
