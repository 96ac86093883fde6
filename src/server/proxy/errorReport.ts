import { isDevelopment, warnOnce } from "../../api/development.ts";
import type { ProxyOperation } from "./rights.ts";
import { kindOf, type ProxyErrorSource } from "./scope.ts";

/** Where an error was thrown, and for which request: without names, links, ids of sessions and people, and texts. */
export interface ProxyErrorEvent {
  /** ISO 8601, UTC. */
  at: string;
  /** Also in the answer and in the audit. */
  reference: string;
  source: ProxyErrorSource;
  operation?: ProxyOperation | undefined;
  user?: string | undefined;
  tenant?: string | undefined;
}

export type OnError = (error: unknown, event: ProxyErrorEvent) => void;

/** Tells the owner of the proxy, and never throws. */
export function reportError(onError: OnError | undefined, error: unknown, event: ProxyErrorEvent): void {
  if (onError) callQuietly(() => onError(error, event));
  else logOnce(error, event);
}

/** Calls a function of the app that decides nothing. What it throws or rejects with goes to `failed`. */
export function callQuietly(call: () => unknown, failed: (error: unknown) => void = () => {}): void {
  try {
    Promise.resolve(call()).catch(failed);
  } catch (error) {
    failed(error);
  }
}

/** Names in development why a request was refused that may have been meant well. */
export function warnOfRefusal(cause: string): void {
  warnOnce(`refused ${cause}`, `the proxy refused a request: ${cause}.`);
}

const logged = new Set<string>();

function logOnce(error: unknown, { source, reference }: ProxyErrorEvent): void {
  const name = error instanceof Error ? error.name : kindOf(error);
  const key = `${source} ${name}`;
  if (logged.has(key) || logged.size > 100) return;
  logged.add(key);
  const help = "Give createCoviuProxy onError to be told of every error.";
  // What the error says may not be meant for the logs of a clinic.
  console.error(
    `coviu-react/server: ${source} failed with ${name}, reference ${reference}. ${help}`,
    ...(isDevelopment() ? [error] : []),
  );
}
