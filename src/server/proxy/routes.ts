import { type Operation, operations } from "../../api/operations.ts";
import type { ProxyOperation } from "./authorization.ts";

export interface Route<Name extends ProxyOperation = ProxyOperation> {
  operation: Name;
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** Path below the mount, with the id as `{session_id}` or `{participant_id}`. */
  path: string;
}

/** Routes of the ten operations, with the same paths as in the Session API. */
export const routes: readonly Route[] = Object.entries(operations).map(([operation, { method, path }]) => ({
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `Object.entries` loses the type of the keys
  operation: operation as Operation,
  method,
  path,
}));

/** Routes that return one entry link. They exist with `entryUrls: "on-demand"` only. */
export const entryUrlRoutes: readonly Route<"revealEntryUrl" | "joinSession">[] = [
  { operation: "revealEntryUrl", method: "POST", path: "participants/{participant_id}/entry-url" },
  { operation: "joinSession", method: "GET", path: "participants/{participant_id}/join" },
];

export interface RouteMatch<Name extends ProxyOperation = ProxyOperation> {
  operation: Name;
  /** Id of the session or person in the path; empty for the two operations without an id. */
  id: string;
}

/** Finds the operation and the id of a path. An id that needs encoding is not valid. */
export function matchRoute(method: string, path: string, onDemand: boolean): RouteMatch | undefined {
  for (const route of onDemand ? [...routes, ...entryUrlRoutes] : routes) {
    const pattern = new RegExp(`^${route.path.replace(/{.*?}/, "([\\w-]{1,512})")}$`);
    const match = method === route.method && pattern.exec(path);
    if (match) return { operation: route.operation, id: match[1] ?? "" };
  }
  return undefined;
}
