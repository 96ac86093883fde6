import { CoviuError } from "../../api/errors.ts";
import { isolated } from "../../domain/roles.ts";
import type { FailureMessages, FailureText } from "./messages.ts";

/**
 * The sentence for a failure. A write whose answer never came is never called failed: it may have happened.
 */
export function failureText(error: unknown, text: FailureMessages, kind: "read" | "write"): FailureText {
  if (!CoviuError.is(error)) return text.bad_response;
  const offline = error.code === "unreachable" && globalThis.navigator?.onLine === false;
  if (kind === "write" && error.outcome === "unknown") return text.unknownOutcome;
  const { title, body } = offline ? text.offline : text[error.code];
  const after = [
    error.explanation && text.explained(isolated(error.explanation)),
    error.retryAfter !== undefined && text.retryAfter(error.retryAfter),
  ].filter(Boolean);
  return { title, body: [body, ...after].join(" ") };
}
