import { CoviuError, type CoviuErrorCode, type CoviuErrorOutcome } from "../../api/errors.ts";

interface Details {
  outcome?: CoviuErrorOutcome;
  /** Seconds. */
  retryAfter?: number | undefined;
  /** Why, for the owner of the proxy. Not part of the answer. */
  cause?: string | undefined;
}

/** What the proxy answers with instead of doing what it was asked. Its words hold nothing that was sent. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: CoviuErrorCode;
  readonly outcome: CoviuErrorOutcome;
  readonly retryAfter: number | undefined;
  override readonly cause: string | undefined;

  constructor(
    status: number,
    code: CoviuErrorCode,
    message: string,
    { outcome = "refused", retryAfter, cause }: Details = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.outcome = outcome;
    this.retryAfter = retryAfter;
    this.cause = cause;
  }
}

const answers: { [Code in CoviuErrorCode]: [status: number, words: string] } = {
  invalid_input: [400, "Something that was sent is not as it should be."],
  // The clinic's own key was refused: that is no reason to sign anybody out of the host.
  auth_required: [503, "The clinic’s key for the session service was refused."],
  auth_unavailable: [503, "The session service can’t be signed in to at the moment."],
  forbidden: [403, "The session service does not allow this."],
  not_found: [404, "There is no such session or person."],
  invalid_request: [400, "The session service refused this."],
  conflict: [409, "This does not fit how things stand."],
  rate_limited: [429, "The session service asks to wait."],
  server: [502, "The session service has a problem of its own."],
  unreachable: [502, "The session service can’t be reached."],
  wrong_address: [502, "Another server answers at the address of the session service."],
  timeout: [504, "The session service took too long."],
  bad_response: [502, "The session service gave an answer that can’t be read."],
  server_render: [500, "The proxy has a problem of its own."],
};

/** Turns any error into what the browser is told. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (!CoviuError.is(error)) {
    return new Refusal(500, "server", "The proxy has a problem of its own.", { outcome: "unknown" });
  }
  const { code, explanation, operation, outcome, retryAfter } = error;
  const [status, words] = answers[code];
  // Why it refuses what this user has sent; its other words are about whatever it likes.
  const isTheirs = (error.status === 400 || error.status === 422) && !operation.startsWith("get");
  return new Refusal(status, code, (isTheirs && explanation) || words, { outcome, retryAfter });
}
