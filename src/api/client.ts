import ky, { type KyInstance } from "ky";
import type * as v from "valibot";

import { withAddressCheck } from "./addressCheck.ts";
import { checkBaseUrl } from "./baseUrl.ts";
import { type CoviuClientOptions, type EditOptions, kitHeaders } from "./clientOptions.ts";
import { type Connection, createConnection } from "./connection.ts";
import { decode, fieldsOf } from "./decode.ts";
import { hasMode, warnOnce } from "./development.ts";
import { CoviuError, notSent, toCoviuError } from "./errors.ts";
import { fetchWithLimits } from "./fetchWithLimits.ts";
import { isId, randomId } from "./ids.ts";
import { isTooDeep } from "./jsonDepth.ts";
import { type Operation, operations } from "./operations.ts";
import { retryReads } from "./retry.ts";
import { sentParams } from "./sentParams.ts";
import { withCredentials } from "./withCredentials.ts";

declare const process: { env: { NODE_ENV?: string | undefined } };

/** One call of an operation. */
export interface OperationCall<Output> extends EditOptions<object> {
  /** The id in the path. It is checked before it becomes part of an address. */
  id?: string;
  /** Schema of the query of a read, or of the body of a write. */
  input?: v.GenericSchema;
  query?: object | undefined;
  body?: object | undefined;
  /** Schema of the response. */
  response: v.GenericSchema<unknown, Output>;
}

/** An authenticated client of the Session API. Two users of one tab need two clients. */
export interface CoviuClient {
  readonly baseUrl: string;
  /** Whether people come with their entry links, or each entry link is requested when the user wants it. */
  readonly entryUrls: "with-participants" | "on-demand";
  readonly scope: string | undefined;
  /** The authenticated ky instance, for requests of your own. It throws `CoviuError` as well. */
  readonly http: KyInstance;
  /** State of the connection to the service. */
  readonly connection: Connection;
  /** Ends the client for good. Requests in flight are aborted, and later calls reject with `auth_required`. */
  end(): void;
  /** Sends one of the ten operations, and decodes its response. */
  request<Output>(operation: Operation, call: OperationCall<Output>): Promise<Output>;
}

/**
 * Creates a client of the Session API, or of a proxy in front of it. Create it once, outside of components.
 *
 * @throws TypeError if `baseUrl` is missing or not valid, or if an option looks like a secret. Secrets belong on servers.
 * @example
 * const client = createCoviuClient({ baseUrl: "/api/coviu" });
 */
export function createCoviuClient(options: CoviuClientOptions): CoviuClient {
  const { baseUrl, getAccessToken, scope, entryUrls = "with-participants" } = options;
  const { timeouts = {}, onDrift, onAuthLost } = options;
  if (hasMode && process.env.NODE_ENV !== "production") {
    checkBaseUrl(baseUrl);
    checkFunctions(options);
    checkCredentials(options);
  }
  if (/secret|password|api_?key/i.test(Object.keys(options).join())) {
    throw new TypeError("Keys and secrets stay on your server: use a proxy or getAccessToken.");
  }
  const connection = createConnection(onAuthLost);
  const plain = fetchWithLimits(options, connection);
  const send = withAddressCheck(withCredentials(options, plain, connection.ended), options);

  const http = ky.create({
    prefix: baseUrl,
    retry: 0,
    // `fetchWithLimits` has the time limit, so that the wait for a token does not count.
    timeout: false,
    headers: kitHeaders(options),
    fetch: async (input, init) => withOwnJson(await send(new Request(input, init))),
    parseJson,
    hooks: {
      // An abort keeps its reason. Every other error becomes a CoviuError.
      beforeError: [
        ({ error, request: { signal }, options: { context } }) => {
          if (signal.aborted) return error;
          const failure = toCoviuError(error, operationIn(context));
          // For requests of the app on `http`, which no `recordOutcome` follows.
          if (failure.code === "auth_required") connection.recordOutcome(failure);
          return failure;
        },
      ],
    },
  });

  async function request<Output>(operation: Operation, call: OperationCall<Output>): Promise<Output> {
    const { id, input, query, body, response, signal, retry = true, ifUnchanged } = call;
    const { method, path } = operations[operation];
    const isWrite = method !== "GET";

    if (hasMode && process.env.NODE_ENV !== "production") checkHost(baseUrl, operation);
    if (path.includes("{") && !isId(id)) throw notSent("invalid_input", operation, { hint: "id" });
    const sent = input && decode(input, query ?? body ?? {});
    if (sent?.issues) throw notSent("invalid_input", operation, { hint: fieldsOf(sent.issues).join(", ") });

    async function attempt(attemptSignal?: AbortSignal): Promise<Output> {
      const attemptNumber = connection.assertMaySend(operation, isWrite);
      try {
        if (isWrite && globalThis.navigator?.onLine === false) await assertOnline(operation);
        const text = await http(path.replace(/{.*?}/, id ?? ""), {
          method,
          context: { operation },
          signal: attemptSignal ?? null,
          json:
            body && Object.assign({}, sent?.output, !getAccessToken && ifUnchanged && { if_unchanged: ifUnchanged }),
          searchParams: query && { ...sentParams(sent?.output ?? {}) },
          ...(isWrite && !getAccessToken && { headers: { "idempotency-key": `"${randomId()}"` } }),
        }).text();
        const decoded = decode(response, parseJson(text), { onDrift });
        connection.ended.throwIfAborted();
        if (decoded.issues) throw new SyntaxError("not as the contract says");
        connection.recordOutcome(undefined, attemptNumber);
        return decoded.output;
      } catch (error) {
        signal?.throwIfAborted();
        // After a sign-out it is unknown whether a request in flight was processed.
        const failure = connection.ended.aborted
          ? new CoviuError({ code: "auth_required", operation, outcome: "unknown" })
          : toCoviuError(error, operation);
        connection.recordOutcome(failure, attemptNumber);
        throw failure;
      }
    }
    if (isWrite || !retry) return attempt(signal);
    const totalMs = timeouts.total ?? 30_000;
    return retryReads(connection, attempt, { operation, signal, totalMs }).catch((error: unknown) => {
      signal?.throwIfAborted();
      throw toCoviuError(error, operation);
    });
  }

  /** Browsers can be wrong about being offline: only a request proves it. */
  async function assertOnline(operation: Operation): Promise<void> {
    const probe = http("sessions", { searchParams: { page_size: 1 } });
    const { status } = await probe.catch((error: unknown) => toCoviuError(error, operation));
    if (status === undefined) throw notSent("unreachable", operation);
  }

  return { baseUrl, entryUrls, scope, http, connection, end: () => connection.end(), request };
}

/** Lets ky replace `json`, which it can't on the `Response` of Hono's Node server. */
function withOwnJson(response: Response): Response {
  return Object.defineProperty(response, "json", { value: () => response.text().then(parseJson), writable: true });
}

function operationIn({ operation }: Record<string, unknown>): string {
  return typeof operation === "string" ? operation : "request";
}

/** @throws CoviuError without the message of the engine, which quotes the body. */
function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    if (!isTooDeep(value)) return value;
  } catch {
    // Not JSON.
  }
  throw new CoviuError({ code: "bad_response", operation: "request", outcome: "unknown" });
}

/** @throws TypeError for an option that must be a function. Without this check it would fail later, like a network error. */
function checkFunctions(options: CoviuClientOptions): void {
  const names = ["fetch", "getAccessToken", "headers", "onDrift", "onAuthLost"] as const;
  const wrong = names.find((name) => options[name] !== undefined && typeof options[name] !== "function");
  if (wrong) throw new TypeError(`createCoviuClient: ${wrong} must be a function.`);
}

/** @throws TypeError if both ways to sign in are given. Warns of a bearer token of the API that is sent to a proxy. */
function checkCredentials({ baseUrl, getAccessToken, headers }: CoviuClientOptions): void {
  if (!getAccessToken) return;
  if (headers) throw new TypeError("createCoviuClient: give headers or getAccessToken, not both.");
  const isOwnServer = /^[./]/.test(baseUrl) || baseUrl.startsWith(`${globalThis.location?.origin}/`);
  if (isOwnServer) {
    warnOnce(
      "getAccessToken",
      "getAccessToken is for the Session API itself. With it, writes carry no idempotency key, so a proxy cannot guard against double bookings. Use headers for a proxy.",
    );
  }
}

/** @throws CoviuError if `baseUrl` is relative and there is no page. */
function checkHost(baseUrl: string, operation: Operation): void {
  if (!baseUrl.startsWith("/") || typeof location !== "undefined") return;
  const hint = "baseUrl has no host, which only a page in a browser can do without";
  throw notSent("wrong_address", operation, { hint });
}
