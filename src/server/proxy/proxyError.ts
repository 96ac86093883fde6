import { CoviuError, type CoviuErrorCode, type CoviuErrorOutcome } from "../../api/errors.ts";

interface ProxyErrorDetails {
  /** @default "refused" */
  outcome?: CoviuErrorOutcome;
  /** In seconds. */
  retryAfter?: number | undefined;
  /** Reason for the owner of the proxy (audit, console). It is not part of the response. */
  cause?: string | undefined;
}

/** An error response of the proxy. Its message never repeats a value of the request. */
export class ProxyError extends Error {
  readonly status: number;
  readonly code: CoviuErrorCode;
  readonly outcome: CoviuErrorOutcome;
  readonly retryAfter: number | undefined;
  override readonly cause: string | undefined;

  constructor(
    status: number,
    code: CoviuErrorCode,
    message: string,
    { outcome = "refused", retryAfter, cause }: ProxyErrorDetails = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.outcome = outcome;
    this.retryAfter = retryAfter;
    this.cause = cause;
  }
}

/** Response for each error of the service. */
const responses: { [Code in CoviuErrorCode]: [status: number, message: string] } = {
  invalid_input: [400, "A value in the request is not valid."],
  // The service refused the clinic's own key. The user's sign-in to the app is still valid, so the status is not 401.
  auth_required: [503, "The session service refused the clinic’s key."],
  auth_unavailable: [503, "Signing in to the session service failed."],
  forbidden: [403, "The session service does not allow this."],
  not_found: [404, "There is no such session or person."],
  invalid_request: [400, "The session service refused this request."],
  conflict: [409, "The session service refused this because of the current state of the session."],
  rate_limited: [429, "The session service received too many requests. Try again later."],
  server: [502, "The session service failed."],
  unreachable: [502, "The session service can’t be reached."],
  wrong_address: [502, "Another server answers at the address of the session service."],
  timeout: [504, "The session service took too long."],
  bad_response: [502, "The session service sent a response that can’t be read."],
  server_render: [500, "The proxy failed."],
};

/** Converts any error to the response for the browser. */
export function toProxyError(error: unknown): ProxyError {
  if (error instanceof ProxyError) return error;
  if (!CoviuError.is(error)) return new ProxyError(500, "server", "The proxy failed.", { outcome: "unknown" });
  const { code, explanation, operation, outcome, retryAfter } = error;
  const [status, message] = responses[code];
  // For 400 and 422 of a write, the service explains what is wrong with the user's input. Its other texts stay here.
  const isAboutInput = (error.status === 400 || error.status === 422) && !operation.startsWith("get");
  return new ProxyError(status, code, (isAboutInput && explanation) || message, { outcome, retryAfter });
}
