import { isHTTPError, isNetworkError, isTimeoutError } from "ky";

/** What went wrong, in one word. Components have a sentence for each. */
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
  | "timeout"
  | "bad_response"
  | "server_render";

/**
 * What became of the request: `not-sent` (it never left), `refused` (the server answered no),
 * `unknown` (no answer came: a write may or may not have happened).
 */
export type CoviuErrorOutcome = "not-sent" | "refused" | "unknown";

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
const retryableCodes: readonly string[] = ["unreachable", "timeout", "server", "rate_limited", "auth_unavailable"];

/**
 * The one error of the kit. It holds no address, token, id, name or link, in no form in which an error can be
 * printed, cloned or sent; so it has no `cause`.
 */
export class CoviuError extends Error {
  readonly code: CoviuErrorCode;
  /** The `operationId` of the API's contract, or `request` for calls of your own on `client.http`. */
  readonly operation: string;
  readonly outcome: CoviuErrorOutcome;
  /** HTTP status, if there was an answer. */
  readonly status: number | undefined;
  /** Seconds after which the server allows another try. */
  readonly retryAfter: number | undefined;
  /** The server's own words, for the screen only: never logged, at most 500 characters. */
  declare readonly explanation: string | undefined;

  constructor({ code, operation, outcome, status, retryAfter, explanation, hint }: CoviuErrorDetails) {
    super(`${operation}: ${code}${status ? ` (${status})` : ""}${hint ? `: ${hint}` : ""}`);
    this.name = "CoviuError";
    this.code = code;
    this.operation = operation;
    this.outcome = outcome;
    this.status = status;
    this.retryAfter = retryAfter;
    Object.defineProperty(this, "explanation", { value: explanation, enumerable: false });
  }

  /** Whether the same request may succeed if it is sent again later. */
  get retryable(): boolean {
    return retryableCodes.includes(this.code);
  }

  get [brand](): true {
    return true;
  }

  /** Also true for errors of a second copy of the kit, where `instanceof` is not. */
  static is(value: unknown): value is CoviuError {
    return typeof value === "object" && value !== null && brand in value;
  }

  toJSON(): object {
    const { name, message, code, operation, outcome, status, retryAfter, retryable } = this;
    return { name, message, code, operation, outcome, status, retryAfter, retryable };
  }
}

/** Turns whatever a request threw into a `CoviuError`, leaving behind everything that could name somebody. */
export function toCoviuError(error: unknown, operation: string): CoviuError {
  if (CoviuError.is(error)) return error;
  if (isHTTPError(error)) return fromAnswer(error.response, error.data, operation);
  const code = isTimeoutError(error)
    ? "timeout"
    : isNetworkError(error) || isTypeError(error)
      ? "unreachable"
      : "bad_response";
  return new CoviuError({ code, operation, outcome: "unknown" });
}

function fromAnswer({ status, headers }: Response, body: unknown, operation: string): CoviuError {
  return new CoviuError({
    code: codeOf(status),
    operation,
    status,
    outcome: status >= 500 || status === 408 || status < 400 ? "unknown" : "refused",
    retryAfter: retryAfterOf(headers),
    explanation: explanationOf(body),
  });
}

function codeOf(status: number): CoviuErrorCode {
  if (status >= 500) return "server";
  switch (status) {
    case 401:
      return "auth_required";
    case 403:
      return "forbidden";
    case 404:
    case 410:
      return "not_found";
    case 408:
      return "timeout";
    case 409:
    case 412:
      return "conflict";
    case 429:
      return "rate_limited";
    default:
      return status >= 400 ? "invalid_request" : "bad_response";
  }
}

/** Seconds, or a date read against the clock of the server that wrote it. */
function retryAfterOf(headers: Headers): number | undefined {
  const value = headers.get("retry-after");
  if (!value) return undefined;
  if (/^\d+$/.test(value)) return Number(value);
  const seconds = Math.ceil((Date.parse(value) - Date.parse(headers.get("date") ?? new Date().toUTCString())) / 1000);
  return seconds >= 0 ? seconds : undefined;
}

function explanationOf(body: unknown): string | undefined {
  const text =
    typeof body === "string"
      ? body
      : (textIn(body, "message") ?? textIn(field(body, "error"), "message") ?? textIn(body, "error"));
  const plain = text?.replace(/\p{C}+/gu, " ").trim();
  return plain && !plain.startsWith("<") ? plain.slice(0, 500) : undefined;
}

function textIn(value: unknown, name: string): string | undefined {
  const text = field(value, name);
  return typeof text === "string" ? text : undefined;
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined;
}

/** `fetch` rejects with a TypeError when nothing came back; some runtimes' texts are unknown to ky. */
function isTypeError(error: unknown): boolean {
  return error instanceof TypeError;
}
