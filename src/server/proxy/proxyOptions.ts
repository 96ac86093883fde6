import type { CoviuErrorCode } from "../../api/errors.ts";
import type { ListSessionsParams } from "../../api/requests.ts";
import type { Authorize, Filter, ProxyOperation, ProxyUser } from "./authorization.ts";
import {
  checkBaseUrl,
  checkCount,
  checkFunctions,
  checkHosts,
  checkMount,
  checkOneOf,
  checkOrigins,
} from "./checkOptions.ts";
import type { OnError } from "./errorReport.ts";
import type { ProxyStore } from "./proxyStore.ts";

/**
 * Options of `createCoviuProxy`.
 *
 * Your functions (`apiKey`, `apiSecret`, `authenticate`, `authorize`, `filter`, `narrow`) and each call of the store have
 * 10 s. After that the request is answered with 503, and the error is reported to `onError`.
 */
export interface CoviuProxyOptions<User extends ProxyUser> {
  /**
   * The clinic's API key, or a function that reads it for each token. Use a function if the key is missing at build time
   * (`next build`).
   */
  apiKey: string | (() => string | Promise<string>);
  /** The secret of the API key, or a function that reads it when it is needed. */
  apiSecret: string | (() => string | Promise<string>);
  /**
   * Address of the Session API, with its scheme.
   *
   * @default "https://api.coviu.com/v1"
   */
  baseUrl?: string | undefined;
  /**
   * Path under which the app reaches the proxy. A base path may precede it, such as Next's `basePath`. If a router
   * removes this part before it passes the request on (`app.mount` of Hono), give `"/"`.
   *
   * @default "/api/coviu"
   */
  mount?: string | undefined;
  /**
   * Origins of the app: scheme, host and optional port. The option is required on plain HTTP behind a gateway that
   * changes `Host`, and if users are identified by their network or a certificate instead of a cookie.
   *
   * @default `Sec-Fetch-Site: same-origin` is sufficient. If the browser does not send it, `Origin` must equal `Host`.
   * @example ["https://clinic.example"]
   */
  origins?: readonly string[] | undefined;
  /**
   * Identifies the user by your app's own login. `undefined` means that no user is signed in, and the response is 401. The
   * request has no body.
   *
   * @example ({ headers }) => userOfCookie(headers.get("cookie"))
   */
  authenticate: (request: Request) => User | null | undefined | Promise<User | null | undefined>;
  /** Decides whether the user may do this. It receives the records as the service has them now. */
  authorize: Authorize<User>;
  /**
   * Decides which sessions the user's lists contain, out of the sessions that the user may open. Pages are filled up.
   *
   * @default () => true
   */
  filter?: Filter<User> | undefined;
  /**
   * Narrows the parameters of a list, for example to a `state`, so that fewer rows have to be filtered out: one list
   * reads up to 20 pages of the service. If the user asks for another `state`, only sessions with both are returned.
   *
   * @default (user, params) => params
   * @example (user, params) => ({ ...params, state: user.id })
   */
  narrow?: ((user: User, params: ListSessionsParams) => ListSessionsParams | Promise<ListSessionsParams>) | undefined;
  /**
   * Store for outcomes of writes, locks and counts. Several servers must share one, such as `createRedisStore(client)`.
   *
   * @default createMemoryStore()
   */
  store?: ProxyStore | undefined;
  /** Receives an event for each request, without names, entry links and texts. The proxy does not wait for it. */
  audit?: ((event: ProxyAudit) => void) | undefined;
  /**
   * Receives each error that `authenticate`, `authorize`, `filter`, `narrow`, `apiKey`, `apiSecret`, `audit` or the store
   * throws, and an error if one of them returns a wrong value or does not settle within 10 s. The proxy does not wait for
   * it, and ignores its errors. The event contains no names, entry links or texts; the error comes from your own
   * function and may.
   *
   * @default Logs to the console: in development the whole error once, otherwise its name once for each source.
   * @example (error, { source, reference }) => log.error({ error, source, reference })
   */
  onError?: OnError | undefined;
  /**
   * With `on-demand`, participants have no entry links, and handles in place of ids. Each entry link is requested
   * separately and appears in the audit.
   *
   * @default "with-participants"
   */
  entryUrls?: "with-participants" | "on-demand" | undefined;
  /**
   * Hosts that entry links may lead to.
   *
   * @default The vendor's hosts.
   */
  entryUrlHosts?: readonly string[] | undefined;
  /**
   * Entry links that one user may request per hour.
   *
   * @default 100
   */
  entryUrlsPerHour?: number | undefined;
  /**
   * Requests to the API at the same time. A request counts until its response is read.
   *
   * @default 20
   */
  concurrency?: number | undefined;
  /**
   * Sends the requests to the API.
   *
   * @default globalThis.fetch
   */
  fetch?: typeof globalThis.fetch | undefined;
}

/** A request to the proxy, its user and its outcome. */
export interface ProxyAudit {
  /** Time of the response in ISO 8601, UTC. */
  at: string;
  /** Reference of the request. Error responses contain it too. */
  reference: string;
  /** Id of the user. */
  user?: string | undefined;
  /** Tenant of the user. */
  tenant?: string | undefined;
  operation?: ProxyOperation | undefined;
  /** Digest that names the session or person. It is always the same, and does not reveal the id. */
  handle?: string | undefined;
  outcome: "done" | "repeated" | "refused" | "failed";
  /** HTTP status of the response. */
  status: number;
  code?: CoviuErrorCode | undefined;
  /** The header, origin or path that made the proxy refuse the request, in English for a log. */
  cause?: string | undefined;
}

/** @throws TypeError for options with which requests would fail, or be allowed by mistake. */
export function checkOptions<User extends ProxyUser>(options: CoviuProxyOptions<User>): void {
  const { apiKey, apiSecret, authenticate, authorize, baseUrl, store } = options;
  if (typeof authenticate !== "function" || typeof authorize !== "function") {
    throw new TypeError("createCoviuProxy needs authenticate and authorize: by default no user has access.");
  }
  if (!apiKey || !apiSecret) throw new TypeError("createCoviuProxy needs apiKey and apiSecret.");
  if (baseUrl !== undefined) checkBaseUrl("createCoviuProxy", baseUrl);
  checkMount(options.mount);
  checkOrigins(options.origins);
  checkFunctions(options, ["filter", "narrow", "audit", "onError", "fetch"]);
  checkOneOf("entryUrls", options.entryUrls, ["with-participants", "on-demand"]);
  checkHosts("entryUrlHosts", options.entryUrlHosts);
  checkCount("entryUrlsPerHour", options.entryUrlsPerHour, 0);
  checkCount("concurrency", options.concurrency, 1);
  if (store !== undefined && (typeof store?.get !== "function" || typeof store.swap !== "function")) {
    throw new TypeError("createCoviuProxy: store needs the methods get and swap, as createMemoryStore() has them.");
  }
}
