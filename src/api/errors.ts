import { isHTTPError, isNetworkError, isTimeoutError } from "ky";

/**
 * Kind of an error. Components have a sentence for each. `wrong_address`: a server responds at `baseUrl`, but it is not the
 * Session API or a proxy of it.
 */
export type CoviuErrorCode =
  | "invalid_input"
  | "auth_required"
  | "auth_unavailable"
  | "forbidden"
  | "not_found"
  | "invalid_request"
  | "conflict"
  | "rate_limited"
  | "server"
  | "unreachable"
  | "wrong_address"
  | "timeout"
  | "bad_response"
  | "server_render";

/**
 * Outcome of a failed request. `not-sent`: it was never sent. `refused`: the server refused it. `unknown`: no response came,
 * and a write may or may not have happened.
 */
export type CoviuErrorOutcome = "not-sent" | "refused" | "unknown";

/** Facts of a `CoviuError`. */
export interface CoviuErrorDetails {
  code: CoviuErrorCode;
  operation: string;
  outcome: CoviuErrorOutcome;
  status?: number | undefined;
  retryAfter?: number | undefined;
  explanation?: string | undefined;
  /** Mistake of the caller: names of fields, never values. */
  hint?: string | undefined;
}

const brand = Symbol.for("coviu-react.CoviuError");

/**
 * The only error of the kit. It holds no address, token, id, name or entry link, in any form in which an error can be
 * printed, cloned or sent. That is why it has no `cause`.
 *
 * @example
 * if (CoviuError.is(error) && error.outcome === "unknown") showThatItMayHaveHappened();
 */
export class CoviuError extends Error {
  declare readonly code: CoviuErrorCode;
  /** The `operationId` of the contract, or `request` for your own calls on `client.http`. */
  declare readonly operation: string;
  declare readonly outcome: CoviuErrorOutcome;
  /** HTTP status, if there was a response. */
  declare readonly status?: number | undefined;
  /** Seconds until the server accepts another request. */
  declare readonly retryAfter?: number | undefined;
  /** Explanation of the server, for the screen only. Not enumerable, at most 500 characters. */
  declare readonly explanation?: string | undefined;

  constructor({ explanation, hint = "", ...details }: CoviuErrorDetails) {
    super(`${details.operation}: ${details.code} ${hint}`.trim());
    Object.assign(this, details, { name: "CoviuError" });
    Object.defineProperty(this, "explanation", { value: explanation });
  }

  /** Whether the same request may succeed if it is sent again later. */
  get retryable(): boolean {
    return /^(unreachable|timeout|server|rate_limited|auth_unavailable)$/.test(this.code);
  }

  get [brand](): true {
    return true;
  }

  /** Whether a value is a `CoviuError`, also one of a second copy of the kit, for which `instanceof` fails. */
  static is(value: unknown): value is CoviuError {
    return typeof value === "object" && value !== null && brand in value;
  }

  toJSON(): object {
    return Object.assign({}, this, { message: this.message, retryable: this.retryable });
  }
}

/** Creates the error of a request that was never sent. */
export function notSent(code: CoviuErrorCode, operation: string, details?: { hint?: string; retryAfter?: number }) {
  return new CoviuError({ code, operation, outcome: "not-sent", ...details });
}

/** Turns the error of a request into a `CoviuError`, without anything that could name a person. */
export function toCoviuError(error: unknown, operation: string): CoviuError {
  if (CoviuError.is(error)) return error.operation === "request" ? named(error, operation) : error;
  if (isHTTPError(error)) return fromAnswer(error.response, error.data, operation);
  // `fetch` rejects with a TypeError if no response came. ky does not know the text of every runtime.
  const unreachable = isNetworkError(error) || error instanceof TypeError;
  const code = isTimeoutError(error) ? "timeout" : unreachable ? "unreachable" : "bad_response";
  return new CoviuError({ code, operation, outcome: "unknown" });
}

/** Copies an error with the name of its operation, which the code that sends requests does not know. */
function named(error: CoviuError, operation: string): CoviuError {
  const { code, outcome, status, retryAfter, explanation } = error;
  const hint = error.message.replace(`request: ${code}`, "").trim();
  return new CoviuError({ code, operation, outcome, status, retryAfter, explanation, hint });
}

const codes: Partial<Record<number, CoviuErrorCode>> = {
  401: "auth_required",
  403: "forbidden",
  404: "not_found",
  408: "timeout",
  409: "conflict",
  410: "not_found",
  412: "conflict",
  429: "rate_limited",
};

function fromAnswer({ status, headers }: Response, body: unknown, operation: string): CoviuError {
  const refused = status >= 400 && status < 500;
  return new CoviuError({
    code: codes[status] ?? (refused ? "invalid_request" : status >= 500 ? "server" : "bad_response"),
    operation,
    status,
    outcome: refused && status !== 408 ? "refused" : "unknown",
    retryAfter: retryAfterOf(headers),
    explanation: wordsOf(body)
      ?.replace(/\p{C}+/gu, " ")
      .slice(0, 500)
      // A server may quote a link, an id or a token.
      .replace(/\S*(?:\/\/|[\w-]{24})\S*/g, "…"),
  });
}

/** One year. A longer wait is a mistake of the server. */
const maxRetryAfterSeconds = 31_536_000;

/** Reads `Retry-After`: seconds, or a date by the clock of the server. */
function retryAfterOf(headers: Headers): number | undefined {
  const value = headers.get("retry-after") || "-";
  const now = Date.parse(headers.get("date") ?? "") || Date.now();
  const wait = /^\d+$/.test(value) ? Number(value) : Math.ceil((Date.parse(value) - now) / 1000);
  return wait >= 0 ? Math.min(wait, maxRetryAfterSeconds) : undefined;
}

/** Finds the explanation in a body. The known form is `{ error: { message } }`. Plain text is accepted too, HTML is not. */
function wordsOf(body: unknown, depth = 0): string | undefined {
  if (typeof body === "string") return /^\s*([<{[]|$)/.test(body) ? undefined : body;
  if (typeof body !== "object" || body === null || depth > 2) return undefined;
  const inner = "message" in body ? body.message : "error" in body ? body.error : undefined;
  return wordsOf(inner, depth + 1);
}
