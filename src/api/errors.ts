import { isHTTPError, isNetworkError, isTimeoutError } from "ky";

/**
 * What went wrong, in one word. Components have a sentence for each. `wrong_address`: something answers at `baseUrl`, but
 * not the Session API or a proxy of it.
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
 * What became of the request: `not-sent` (it never left), `refused` (the server answered no),
 * `unknown` (no answer came: a write may or may not have happened).
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
  /** What the caller did wrong: names of fields, never values. */
  hint?: string | undefined;
}

const brand = Symbol.for("coviu-react.CoviuError");

/**
 * The one error of the kit. It holds no address, token, id, name or link, in no form in which an error can be
 * printed, cloned or sent; so it has no `cause`.
 */
export class CoviuError extends Error {
  declare readonly code: CoviuErrorCode;
  /** The `operationId` of the API's contract, or `request` for calls of your own on `client.http`. */
  declare readonly operation: string;
  declare readonly outcome: CoviuErrorOutcome;
  /** HTTP status, if there was an answer. */
  declare readonly status?: number | undefined;
  /** Seconds after which the server allows another try. */
  declare readonly retryAfter?: number | undefined;
  /** The server's own words, for the screen only: not enumerable, at most 500 characters. */
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

  /** Also true for errors of a second copy of the kit, where `instanceof` is not. */
  static is(value: unknown): value is CoviuError {
    return typeof value === "object" && value !== null && brand in value;
  }

  toJSON(): object {
    return Object.assign({}, this, { message: this.message, retryable: this.retryable });
  }
}

/** What was never sent, so that it can't have happened. */
export function notSent(code: CoviuErrorCode, operation: string, details?: { hint?: string; retryAfter?: number }) {
  return new CoviuError({ code, operation, outcome: "not-sent", ...details });
}

/** Turns whatever a request threw into a `CoviuError`, leaving behind everything that could name somebody. */
export function toCoviuError(error: unknown, operation: string): CoviuError {
  if (CoviuError.is(error)) return error.operation === "request" ? named(error, operation) : error;
  if (isHTTPError(error)) return fromAnswer(error.response, error.data, operation);
  // `fetch` rejects with a TypeError when nothing came back; not every runtime's text is known to ky.
  const unreachable = isNetworkError(error) || error instanceof TypeError;
  const code = isTimeoutError(error) ? "timeout" : unreachable ? "unreachable" : "bad_response";
  return new CoviuError({ code, operation, outcome: "unknown" });
}

/** The same error for the operation that it ended: what sends requests does not know operations. */
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

/** One year. More is a mistake of the server. */
const maxRetryAfterSeconds = 31_536_000;

/** Seconds, or a date by the server's own clock. */
function retryAfterOf(headers: Headers): number | undefined {
  const value = headers.get("retry-after") || "-";
  const now = Date.parse(headers.get("date") ?? "") || Date.now();
  const wait = /^\d+$/.test(value) ? Number(value) : Math.ceil((Date.parse(value) - now) / 1000);
  return wait >= 0 ? Math.min(wait, maxRetryAfterSeconds) : undefined;
}

/** `{ error: { message } }` is the only form that was seen; plain text is taken too, a page of HTML is not. */
function wordsOf(body: unknown, depth = 0): string | undefined {
  if (typeof body === "string") return /^\s*([<{[]|$)/.test(body) ? undefined : body;
  if (typeof body !== "object" || body === null || depth > 2) return undefined;
  const inner = "message" in body ? body.message : "error" in body ? body.error : undefined;
  return wordsOf(inner, depth + 1);
}
