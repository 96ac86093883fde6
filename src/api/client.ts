import ky, { type KyInstance } from "ky";
import * as v from "valibot";

import { authorizedFetch } from "./authorizedFetch.ts";
import { CoviuError, toCoviuError } from "./errors.ts";
import { retryReads } from "./retry.ts";
import type { DecodeConfig, Drift } from "./schemas.ts";
import type { GetAccessToken } from "./tokenSource.ts";

/** The ten operations, by the `operationId` of the API's contract. */
export type Operation =
  | "getSessionPage"
  | "createSession"
  | "getSessionById"
  | "updateSession"
  | "deleteSession"
  | "getSessionParticipants"
  | "addSessionParticipant"
  | "getSessionParticipant"
  | "updateSessionParticipant"
  | "deleteSessionParticipant";

export interface CoviuClientOptions {
  /** The clinic's own proxy (recommended: nothing secret in the browser) or the API, for example `/api/coviu`. */
  baseUrl: string;
  /** Gives a bearer token. Leave it out with a proxy: the host's own login then decides. */
  getAccessToken?: GetAccessToken | undefined;
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
}

interface Call<Answer extends v.GenericSchema> extends RequestOptions {
  method?: "GET" | "POST" | "PUT" | "DELETE";
  /** Parts of the path; ids are checked before an address exists. */
  path: readonly string[];
  /** Checks what is sent: the query of a read, the body of a write. */
  input?: v.GenericSchema;
  query?: object | undefined;
  body?: object | undefined;
  schema: Answer;
}

/** An authenticated connection to the Session API. Two users of one tab are two clients. */
export interface CoviuClient {
  readonly scope: string | undefined;
  /** The authenticated ky instance, for requests of your own. It throws `CoviuError` as well. */
  readonly http: KyInstance;
  request<Answer extends v.GenericSchema>(operation: Operation, call: Call<Answer>): Promise<v.InferOutput<Answer>>;
}

/**
 * Connects to the Session API or to a proxy in front of it.
 *
 * @throws TypeError if `baseUrl` is missing or an option looks like a secret: secrets live on servers.
 */
export function createCoviuClient(options: CoviuClientOptions): CoviuClient {
  const { baseUrl, getAccessToken, scope, timeouts = {}, onDrift } = options;
  if (!baseUrl) throw new TypeError("createCoviuClient needs a baseUrl, for example your own proxy: /api/coviu");
  if (Object.keys(options).some((name) => /secret|password|api_?key/i.test(name))) {
    throw new TypeError(
      "createCoviuClient takes no key or secret: keep them on your server and pass getAccessToken or use a proxy",
    );
  }

  const http = ky.create({
    prefix: baseUrl,
    retry: 0,
    // The limit stands in the fetch below, so that waiting for a token does not count as an unanswered request.
    timeout: false,
    cache: "no-store",
    redirect: "manual",
    referrerPolicy: "no-referrer",
    ...(getAccessToken && { credentials: "omit" }),
    headers: { accept: "application/json", ...(!getAccessToken && { "coviu-kit": "1" }) },
    fetch: authorizedFetch(options),
    parseJson: (text) => parseJson(text, "request"),
    hooks: { beforeError: [({ error, options: { context } }) => safely(error, context["operation"])] },
  });

  async function request<Answer extends v.GenericSchema>(operation: Operation, call: Call<Answer>) {
    const { method = "GET", path, input, query, body, schema, signal } = call;
    const write = method !== "GET";
    for (const id of path) {
      if (!/^[\w-]{1,512}$/.test(id)) throw refusal(operation, "the id is not one of the API's");
    }
    const sent = input && checked(input, query ?? body ?? {}, operation);
    if (write && globalThis.navigator?.onLine === false) {
      throw new CoviuError({ code: "unreachable", operation, outcome: "not-sent" });
    }
    const config: DecodeConfig = { onDrift };
    const once = async (): Promise<v.InferOutput<Answer>> => {
      try {
        const text = await http(path.join("/"), {
          method,
          context: { operation },
          ...(signal && { signal }),
          ...(write ? body && { json: sent } : { searchParams: { ...sent } }),
          ...(write && !getAccessToken && { headers: { "coviu-operation": uuid() } }),
        }).text();
        const decoded = v.safeParse(schema, parseJson(text, operation), config);
        if (decoded.success) return decoded.output;
        throw badResponse(operation);
      } catch (error) {
        if (signal?.aborted) throw signal.reason;
        throw toCoviuError(error, operation);
      }
    };
    return write ? once() : retryReads(once, { signal, total: timeouts.total ?? 30_000 });
  }

  return { scope, http, request };
}

function checked(schema: v.GenericSchema, value: object, operation: string): object {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success && typeof result.output === "object" && result.output) return result.output;
  const [issue] = result.issues ?? [];
  // valibot's own message quotes the value it met; a check's is ours.
  const why = issue?.type === "check" ? issue.message : "is not as the API takes it";
  throw refusal(operation, [issue && v.getDotPath(issue), why].filter(Boolean).join(" "));
}

function refusal(operation: string, hint: string): CoviuError {
  return new CoviuError({ code: "invalid_input", operation, outcome: "not-sent", hint });
}

function badResponse(operation: string): CoviuError {
  return new CoviuError({ code: "bad_response", operation, outcome: "unknown" });
}

function parseJson(text: string, operation: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The engine's message quotes the body.
    throw badResponse(operation);
  }
}

/** An abort keeps its reason; everything else leaves as a CoviuError. */
function safely(error: Error, operation: unknown): Error {
  return error.name === "AbortError"
    ? error
    : toCoviuError(error, typeof operation === "string" ? operation : "request");
}

/** A random UUID, also on pages without HTTPS, where `crypto.randomUUID` does not exist. */
function uuid(): string {
  const random = crypto.getRandomValues(new Uint8Array(32));
  let next = 0;
  return "xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx".replace(/x/g, () => ((random[next++] ?? 0) & 15).toString(16));
}
