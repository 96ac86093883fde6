import type { Operation } from "../api/client.ts";

/** Which of the ten operations a request is. */
export function operationOf(method: string, path: string): Operation | "token" | "unknown" {
  const [kind, id, people] = path.replace(/^.*?\/v1\//, "").split("/");
  if (kind === "auth") return "token";
  const operations: Record<string, Operation> = {
    "GET sessions": "getSessionPage",
    "POST sessions": "createSession",
    "GET sessions/": "getSessionById",
    "PUT sessions/": "updateSession",
    "DELETE sessions/": "deleteSession",
    "GET sessions/participants": "getSessionParticipants",
    "POST sessions/participants": "addSessionParticipant",
    "GET participants/": "getSessionParticipant",
    "PUT participants/": "updateSessionParticipant",
    "DELETE participants/": "deleteSessionParticipant",
  };
  return operations[`${method} ${kind}${id === undefined ? "" : "/"}${people ?? ""}`] ?? "unknown";
}
