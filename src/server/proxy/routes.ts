import type { Operation } from "../../api/client.ts";
import type { ProxyOperation } from "./rights.ts";

export interface Route<Name extends ProxyOperation = ProxyOperation> {
  operation: Name;
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below the mount. `:sessionId` and `:participantId` stand for ids. */
  path: string;
}

/** All that passes: the ten operations of the API, under the same paths as there. */
export const routes: readonly Route<Operation>[] = [
  { operation: "getSessionPage", method: "GET", path: "sessions" },
  { operation: "createSession", method: "POST", path: "sessions" },
  { operation: "getSessionById", method: "GET", path: "sessions/:sessionId" },
  { operation: "updateSession", method: "PUT", path: "sessions/:sessionId" },
  { operation: "deleteSession", method: "DELETE", path: "sessions/:sessionId" },
  { operation: "getSessionParticipants", method: "GET", path: "sessions/:sessionId/participants" },
  { operation: "addSessionParticipant", method: "POST", path: "sessions/:sessionId/participants" },
  { operation: "getSessionParticipant", method: "GET", path: "participants/:participantId" },
  { operation: "updateSessionParticipant", method: "PUT", path: "participants/:participantId" },
  { operation: "deleteSessionParticipant", method: "DELETE", path: "participants/:participantId" },
];

/** Where links are given on demand. */
export const linkRoutes: readonly Route<"revealEntryUrl" | "joinSession">[] = [
  { operation: "revealEntryUrl", method: "POST", path: "participants/:participantId/entry-url" },
  { operation: "joinSession", method: "GET", path: "participants/:participantId/join" },
];

export interface Target<Name extends ProxyOperation = ProxyOperation> {
  operation: Name;
  /** Of the session or of the person, as the path names it; empty for the two without. */
  id: string;
}

/** Which operation a request asks for, and of whom. Ids are plain: what has to be encoded is none. */
export function targetOf(method: string, path: string, onDemand: boolean): Target | undefined {
  for (const route of onDemand ? [...routes, ...linkRoutes] : routes) {
    const pattern = new RegExp(`^${route.path.replace(/:\w+/, "([\\w-]{1,512})")}$`);
    const found = method === route.method && pattern.exec(path);
    if (found) return { operation: route.operation, id: found[1] ?? "" };
  }
  return undefined;
}
