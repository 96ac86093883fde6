import ky, { type KyInstance } from "ky";
import type * as v from "valibot";

import { withAddressCheck } from "./addressCheck.ts";
import { checkBaseUrl } from "./baseUrl.ts";
import { authorized } from "./bearerToken.ts";
import { type Connection, createConnection } from "./connection.ts";
import { decode, type Drift, fieldsOf } from "./decode.ts";
import { hasMode } from "./development.ts";
import { CoviuError, notSent, toCoviuError } from "./errors.ts";
import { createSend } from "./fetchWithLimits.ts";
import { isId, randomId } from "./ids.ts";
import { isTooDeep } from "./jsonDepth.ts";
import { type Operation, operations } from "./operations.ts";
import { retryReads } from "./retry.ts";
import { sentParams } from "./sentParams.ts";
import type { GetAccessToken } from "./tokenSource.ts";

declare const process: { env: { NODE_ENV?: string | undefined } };

export interface CoviuClientOptions {
  /** The clinic's own proxy (recommended: nothing secret in the browser) or the API, for example `/api/coviu`. */
  baseUrl: string;
  /** Gives a bearer token. Leave it out with a proxy: the host's own login then decides. */
  getAccessToken?: GetAccessToken | undefined;
  /** `on-demand` where the proxy was told so: people come without links, and each is asked for when it is wanted. */
  entryUrls?: "with-participants" | "on-demand" | undefined;
  /** Used instead of the global `fetch`, for example a sandbox's. */
  fetch?: typeof globalThis.fetch | undefined;
  /** Keeps the cache entries of this client apart; required to share a query client. */
  scope?: string | undefined;
  /** In milliseconds. One try: 10,000. A read with its retries: 30,000. A token: 10,000. */
  timeouts?: { request?: number | undefined; total?: number | undefined; token?: number | undefined } | undefined;
  /** Told when a row of an answer was not as the contract says and was left out. */
  onDrift?: ((drift: Drift) => void) | undefined;
  /** Told once when the sign-in is over and a person has to sign in again. */
  onAuthLost?: (() => void) | undefined;
}

export interface RequestOptions {
  signal?: AbortSignal | undefined;
  /** `false` where the caller repeats a failed read: one layer of repeats is enough. */
  retry?: boolean | undefined;
}

/** Options of an edit. */
export interface EditOptions<Fields extends object> extends RequestOptions {
  /**
   * What the fields were when somebody decided to change them. A proxy refuses the edit with `conflict` if they are
   * something else by now; the API itself can't tell and is not told.
   */
  ifUnchanged?: Fields | undefined;
}

interface Call<Output> extends EditOptions<object> {
  /** The id in the path. It is checked before it becomes part of an address. */
  id?: string;
  /** Schema of the query of a read, or of the body of a write. */
  input?: v.GenericSchema;
  query?: object | undefined;
  body?: object | undefined;
  /** Schema of the response. */
  response: v.GenericSchema<unknown, Output>;
}

/** An authenticated connection to the Session API. Two users of one tab are two clients. */
export interface CoviuClient {
  readonly baseUrl: string;
  /** Whether people come with their links, or a link is asked for when somebody wants it. */
  readonly entryUrls: "with-participants" | "on-demand";
  readonly scope: string | undefined;
  /** The authenticated ky instance, for requests of your own. It throws `CoviuError` as well. */
  readonly http: KyInstance;
  /** How things stand with the service. */
  readonly connection: Connection;
  /** Ends it for good, at once: what is in flight is aborted, and every later call is `auth_required`. */
  end(): void;
  /** Sends one of the ten operations, and decodes its response. */
  request<Output>(operation: Operation, call: Call<Output>): Promise<Output>;
}

/**
 * Connects to the Session API or to a proxy in front of it.
 *
 * @throws TypeError if `baseUrl` is missing or an option looks like a secret: secrets live on servers.
 */
export function createCoviuClient(options: CoviuClientOptions): CoviuClient {
  const { baseUrl, getAccessToken, scope, entryUrls = "with-participants" } = options;
  const { timeouts = {}, onDrift, onAuthLost } = options;
  if (hasMode && process.env.NODE_ENV !== "production") {
    checkBaseUrl(baseUrl);
    checkFunctions(options);
  }
  if (/secret|password|api_?key/i.test(Object.keys(options).join())) {
    throw new TypeError("Keys and secrets stay on your server: use a proxy or getAccessToken.");
  }
  const connection = createConnection(onAuthLost);
  const plain = createSend(options, connection);
  const send = withAddressCheck(
    getAccessToken ? authorized(options, getAccessToken, plain, connection.ended) : plain,
    options,
  );

  const http = ky.create({
    prefix: baseUrl,
    retry: 0,
    // The limit stands in the fetch below, so that waiting for a token does not count as an unanswered request.
    timeout: false,
    headers: { accept: "application/json", ...(!getAccessToken && { "coviu-kit": "1" }) },
    fetch: async (input, init) => withOwnJson(await send(new Request(input, init))),
    parseJson,
    // An abort keeps its reason; everything else leaves as a CoviuError.
    hooks: {
      beforeError: [
        ({ error, request: { signal }, options }) => {
          if (signal.aborted) return error;
          const failure = toCoviuError(error, operationIn(options.context));
          // Also where a request of the app's own finds it out.
          if (failure.code === "auth_required") connection.recordOutcome(failure);
          return failure;
        },
      ],
    },
  });

  async function request<Output>(operation: Operation, call: Call<Output>): Promise<Output> {
    const { id, input, query, body, response, signal: given, retry = true, ifUnchanged } = call;
    const { method, path } = operations[operation];
    const write = method !== "GET";

    if (hasMode && process.env.NODE_ENV !== "production") checkHost(baseUrl, operation);
    if (path.includes("{") && !isId(id)) throw notSent("invalid_input", operation, { hint: "id" });
    const sent = input && decode(input, query ?? body ?? {});
    if (sent?.issues) throw notSent("invalid_input", operation, { hint: fieldsOf(sent.issues).join(", ") });

    const once = async (signal?: AbortSignal): Promise<Output> => {
      const attempt = connection.assertMaySend(operation, write);
      try {
        // The browser's word is not enough for either: a request is the proof.
        if (write && globalThis.navigator?.onLine === false) {
          const probe = http("sessions", { searchParams: { page_size: 1 } });
          const { status } = await probe.catch((error: unknown) => toCoviuError(error, operation));
          if (status === undefined) throw notSent("unreachable", operation);
        }
        const text = await http(path.replace(/{.*?}/, id ?? ""), {
          method,
          context: { operation },
          signal: signal ?? null,
          json:
            body && Object.assign({}, sent?.output, !getAccessToken && ifUnchanged && { if_unchanged: ifUnchanged }),
          searchParams: query && { ...sentParams(sent?.output ?? {}) },
          ...(write && !getAccessToken && { headers: { "idempotency-key": `"${randomId()}"` } }),
        }).text();
        const json = parseJson(text);
        const decoded = decode(response, json, { onDrift });
        connection.ended.throwIfAborted();
        if (decoded.issues) throw new SyntaxError("not as the contract says");
        connection.recordOutcome(undefined, attempt);
        return decoded.output;
      } catch (error) {
        given?.throwIfAborted();
        // Whoever signed out while it was on its way can't know whether it has happened.
        const failure = connection.ended.aborted
          ? new CoviuError({ code: "auth_required", operation, outcome: "unknown" })
          : toCoviuError(error, operation);
        connection.recordOutcome(failure, attempt);
        throw failure;
      }
    };
    if (write || !retry) return once(given);
    const total = timeouts.total ?? 30_000;
    return retryReads(connection, once, { operation, signal: given, total }).catch((error: unknown) => {
      given?.throwIfAborted();
      throw toCoviuError(error, operation);
    });
  }

  return { baseUrl, entryUrls, scope, http, connection, end: () => connection.end(), request };
}

/** For ky, which puts its own there: on the Response that Hono's server puts in the engine's place it can't be replaced. */
function withOwnJson(response: Response): Response {
  return Object.defineProperty(response, "json", { value: () => response.text().then(parseJson), writable: true });
}

function operationIn({ operation }: Record<string, unknown>): string {
  return typeof operation === "string" ? operation : "request";
}

/** The engine's own message would quote the body. */
function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    if (!isTooDeep(value)) return value;
  } catch {
    // Not JSON.
  }
  throw new CoviuError({ code: "bad_response", operation: "request", outcome: "unknown" });
}

/** @throws TypeError for an option that is no function where one is needed: it would fail later, in the name of the network. */
function checkFunctions(options: CoviuClientOptions): void {
  const names = ["fetch", "getAccessToken", "onDrift", "onAuthLost"] as const;
  const wrong = names.find((name) => options[name] !== undefined && typeof options[name] !== "function");
  if (wrong) throw new TypeError(`createCoviuClient: ${wrong} must be a function.`);
}

/** @throws CoviuError if requests would need the address of a page, and there is none. */
function checkHost(baseUrl: string, operation: Operation): void {
  if (!baseUrl.startsWith("/") || typeof location !== "undefined") return;
  const hint = "baseUrl has no host, which only a page in a browser can do without";
  throw notSent("wrong_address", operation, { hint });
}
