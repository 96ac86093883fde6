/**
 * The ten operations of the Session API by the `operationId` of its contract, each with its method and its path below
 * the base URL. The client, the proxy, the sandbox and the contract test read this table.
 */
export const operations = {
  getSessionPage: { method: "GET", path: "sessions" },
  createSession: { method: "POST", path: "sessions" },
  getSessionById: { method: "GET", path: "sessions/{session_id}" },
  updateSession: { method: "PUT", path: "sessions/{session_id}" },
  deleteSession: { method: "DELETE", path: "sessions/{session_id}" },
  getSessionParticipants: { method: "GET", path: "sessions/{session_id}/participants" },
  addSessionParticipant: { method: "POST", path: "sessions/{session_id}/participants" },
  getSessionParticipant: { method: "GET", path: "participants/{participant_id}" },
  updateSessionParticipant: { method: "PUT", path: "participants/{participant_id}" },
  deleteSessionParticipant: { method: "DELETE", path: "participants/{participant_id}" },
} as const;

/** An operation of the Session API, by the `operationId` of its contract. */
export type Operation = keyof typeof operations;
