import { CoviuError, type CoviuErrorCode } from "../../api/errors.ts";
import { isolated } from "../../domain/roles.ts";
import { isHopeless } from "../../ui/useRetry.ts";
import type { FailureMessages, FailureText } from "./messages.ts";

export type Kind = "read" | "look" | "write";

/**
 * The sentence for a failure. A write whose answer never came is never called failed: it may have happened.
 */
export function failureText(error: unknown, text: FailureMessages, kind: Kind): FailureText {
  const { title, body } = lastingText(error, text, kind);
  const wait = secondsToWait(error, kind);
  return { title, body: wait === undefined ? body : `${body} ${waitText(wait, text)}` };
}

/** Longest wait that is counted down and for which the button waits, in seconds. */
export const maxCountdownSeconds = 3600;

export function waitText(seconds: number, text: FailureMessages): string {
  if (seconds > maxCountdownSeconds) return text.retryLater;
  return seconds ? text.retryAfter(seconds) : text.retryNow;
}

/** The same without the time to wait, which counts down beside it. */
export function lastingText(error: unknown, text: FailureMessages, kind: Kind): FailureText {
  if (!CoviuError.is(error)) return text.bad_response;
  if (isUnknown(error, kind)) return text.unknownOutcome;
  const { title, body } = codeText(error.code, text);
  // What a server says of a token helps nobody.
  const says = error.code === "auth_required" ? undefined : error.explanation;
  return { title, body: says ? `${body} ${text.explained(isolated(says))}` : body };
}

/** Offline only where a request has failed and the browser says so besides. */
export function codeText(code: CoviuErrorCode, text: FailureMessages): FailureText {
  return code === "unreachable" && globalThis.navigator?.onLine === false ? text.offline : text[code];
}

/** What the server asks to wait, in seconds; `undefined` where waiting would not help. */
export function secondsToWait(error: unknown, kind: Kind): number | undefined {
  return CoviuError.is(error) && !isUnknown(error, kind) && !isHopeless(error) ? error.retryAfter : undefined;
}

function isUnknown(error: CoviuError, kind: Kind): boolean {
  return kind === "write" && error.outcome === "unknown";
}
