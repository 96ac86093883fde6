import { isDevelopment, warnOnce } from "../../api/development.ts";
import type { ProxyOperation } from "./authorization.ts";
import type { ProxyErrorSource } from "./requestScope.ts";
import { describeKind } from "./valueChecks.ts";

/** Source of an error and its request. It contains no names, entry links, texts, or ids of sessions and participants. */
export interface ProxyErrorEvent {
  /** Time in ISO 8601, UTC. */
  at: string;
  /** Reference of the request, also in the response and in the audit. */
  reference: string;
  /** The function that failed. */
  source: ProxyErrorSource;
  operation?: ProxyOperation | undefined;
  /** Id of the user. */
  user?: string | undefined;
  tenant?: string | undefined;
}

/** Receives an error. Its return value is ignored. */
export type OnError = (error: unknown, event: ProxyErrorEvent) => void;

/** Reports an error to `onError`, or logs it. Never throws. */
export function reportError(onError: OnError | undefined, error: unknown, event: ProxyErrorEvent): void {
  if (onError) callQuietly(() => onError(error, event));
  else logOnce(error, event);
}

/** Calls a function of the app whose result is not needed. Its errors go to `onFailure`. */
export function callQuietly(call: () => unknown, onFailure: (error: unknown) => void = () => {}): void {
  try {
    Promise.resolve(call()).catch(onFailure);
  } catch (error) {
    onFailure(error);
  }
}

/** Warns in development why a request was refused, since the cause is often a wrong setting. */
export function warnOfRefusal(cause: string): void {
  warnOnce(`refused ${cause}`, `the proxy refused a request: ${cause}.`);
}

const logged = new Set<string>();

function logOnce(error: unknown, { source, reference }: ProxyErrorEvent): void {
  const name = error instanceof Error ? error.name : describeKind(error);
  const key = `${source} ${name}`;
  if (logged.has(key) || logged.size > 100) return;
  logged.add(key);
  const help = "Give createCoviuProxy the option onError to receive every error.";
  // The message of the error may contain data that must not reach the logs of a clinic.
  console.error(
    `coviu-react/server: ${source} failed with ${name}, reference ${reference}. ${help}`,
    ...(isDevelopment() ? [error] : []),
  );
}
