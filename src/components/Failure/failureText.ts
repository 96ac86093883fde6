import { CoviuError, type CoviuErrorCode } from "../../api/errors.ts";
import { isolated } from "../../domain/roles.ts";
import { isHopeless } from "../../ui/useRetry.ts";
import type { FailureMessages, FailureText } from "./messages.ts";

/** Kind of request that failed. `check`: a check whether a write with an unknown outcome happened. */
export type FailureKind = "read" | "check" | "write";

/**
 * Texts for an error. A write with an unknown outcome is not called failed: it may have happened.
 *
 * @example
 *   const { title, body } = failureText(error, failureMessages, "read");
 */
export function failureText(error: unknown, text: FailureMessages, kind: FailureKind): FailureText {
  const { title, body } = lastingText(error, text, kind);
  const wait = secondsToWait(error, kind);
  return { title, body: wait === undefined ? body : `${body} ${waitText(wait, text)}` };
}

/** Longest wait in seconds that is counted down and for which the button is disabled. */
export const maxCountdownSeconds = 3600;

export function waitText(seconds: number, text: FailureMessages): string {
  if (seconds > maxCountdownSeconds) return text.retryLater;
  return seconds ? text.retryAfter(seconds) : text.retryNow;
}

/** Texts for an error, without the seconds to wait. */
export function lastingText(error: unknown, text: FailureMessages, kind: FailureKind): FailureText {
  if (!CoviuError.is(error)) return text.bad_response;
  if (isUnknown(error, kind)) return text.unknownOutcome;
  const { title, body } = codeText(error.code, text);
  // The service's explanation of a refused token does not help users.
  const explanation = error.code === "auth_required" ? undefined : error.explanation;
  return { title, body: explanation ? `${body} ${text.explained(isolated(explanation))}` : body };
}

/** Texts for a code. `offline` is used only if the browser also reports that it is offline. */
export function codeText(code: CoviuErrorCode, text: FailureMessages): FailureText {
  return code === "unreachable" && globalThis.navigator?.onLine === false ? text.offline : text[code];
}

/** Seconds that the server asks to wait. `undefined` if the same request would fail again. */
export function secondsToWait(error: unknown, kind: FailureKind): number | undefined {
  return CoviuError.is(error) && !isUnknown(error, kind) && !isHopeless(error) ? error.retryAfter : undefined;
}

function isUnknown(error: CoviuError, kind: FailureKind): boolean {
  return kind === "write" && error.outcome === "unknown";
}
