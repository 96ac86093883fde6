import { type Operation, operations } from "../../api/operations.ts";
import type { ProxyOperation } from "./rights.ts";

export interface Route<Name extends ProxyOperation = ProxyOperation> {
  operation: Name;
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below the mount, with the id as `{session_id}` or `{participant_id}`. */
  path: string;
}

/** The ten operations of the API, under the same paths as there. */
export const routes: readonly Route[] = Object.entries(operations).map(([operation, { method, path }]) => ({
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `Object.entries` loses the type of the keys
  operation: operation as Operation,
  method,
  path,
}));

/** Where links are given on demand. */
export const linkRoutes: readonly Route<"revealEntryUrl" | "joinSession">[] = [
  { operation: "revealEntryUrl", method: "POST", path: "participants/{participant_id}/entry-url" },
  { operation: "joinSession", method: "GET", path: "participants/{participant_id}/join" },
];

export interface Target<Name extends ProxyOperation = ProxyOperation> {
  operation: Name;
  /** Of the session or of the person, as the path names it; empty for the two without. */
  id: string;
}

/** Which operation a request asks for, and of whom. Ids are plain: what has to be encoded is none. */
export function targetOf(method: string, path: string, onDemand: boolean): Target | undefined {
  for (const route of onDemand ? [...routes, ...linkRoutes] : routes) {
    const pattern = new RegExp(`^${route.path.replace(/{.*?}/, "([\\w-]{1,512})")}$`);
    const found = method === route.method && pattern.exec(path);
    if (found) return { operation: route.operation, id: found[1] ?? "" };
  }
  return undefined;
}
