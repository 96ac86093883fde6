import { CoviuError, type CoviuErrorCode } from "../api/errors.ts";
import { ListSessionsParams } from "../api/requests.ts";
import type { Session } from "../api/schemas.ts";
import { trustedEntryUrl } from "../domain/links.ts";
import { answer, redirect, refusedAnswer } from "./proxy/answer.ts";
import { authenticatedUser } from "./proxy/authenticatedUser.ts";
import { callQuietly, type OnError, reportError, warnOfRefusal } from "./proxy/errorReport.ts";
import { guardedStore } from "./proxy/guardedStore.ts";
import { createLists } from "./proxy/lists.ts";
import { createLocks } from "./proxy/locks.ts";
import { pathBelow } from "./proxy/mount.ts";
import { nodeRequestOf } from "./proxy/nodeRequest.ts";
import { type Ask, checked, personOf, read, writeOf } from "./proxy/operations.ts";
import { checkBaseUrl, checkCount, checkFunctions, checkMount, checkOneOf, checkOrigins } from "./proxy/options.ts";
import { asTheyAre, withoutLinks } from "./proxy/people.ts";
import { readBody } from "./proxy/readBody.ts";
import { createRecords } from "./proxy/records.ts";
import { Refusal, refusalOf } from "./proxy/refusal.ts";
import { type Authorize, type Filter, type ProxyOperation, type ProxyUser, rightsOf } from "./proxy/rights.ts";
import { targetOf } from "./proxy/routes.ts";
import { assertSameOrigin } from "./proxy/sameOrigin.ts";
import { createScope, kindOf, type RequestScope, settledWithin, SettleTimeout } from "./proxy/scope.ts";
import { createKeyring, createSeal } from "./proxy/seal.ts";
import { createUpstream } from "./proxy/upstream.ts";
import { createMemoryStore, type ProxyStore } from "./store.ts";

export interface CoviuProxyOptions<User extends ProxyUser> {
  /** The key, or a function that reads it with each token, for builds that run where there is none (`next build`). */
  apiKey: string | (() => string | Promise<string>);
  /**
   * The secret, or a function that reads it when it is needed.
   *
   * Your functions (this one, `apiKey`, `authenticate`, `authorize`, `filter`, `narrow`) and the store have 10 s each. Then the
   * request is answered with 503, and `onError` is told.
   */
  apiSecret: string | (() => string | Promise<string>);
  /**
   * Address of the API, with its scheme.
   *
   * @default "https://api.coviu.com/v1"
   */
  baseUrl?: string | undefined;
  /**
   * Where the app reaches the proxy. A base path may stand before it, as Next's `basePath` does. Where a router takes
   * this part away before it hands the request on (`app.mount` of Hono), give `"/"`.
   *
   * @default "/api/coviu"
   */
  mount?: string | undefined;
  /**
   * Origins of the app, with scheme and port, and nothing after it. Left out, the browser's `Sec-Fetch-Site:
   * same-origin` is trusted; where it is missing, `Origin` has to be the `Host` that was asked. Needed on plain HTTP
   * behind a server that changes `Host`, and where your login is no cookie but a network or a certificate.
   *
   * @example ["https://clinic.example"]
   */
  origins?: readonly string[] | undefined;
  /**
   * The user who asks, by your own login; `undefined` for nobody, which is answered with 401. It gets no body.
   *
   * @example ({ headers }) => userOfCookie(headers.get("cookie"))
   */
  authenticate: (request: Request) => User | null | undefined | Promise<User | null | undefined>;
  /** Whether they may. Asked with the record as the service has it now, not as the browser says. */
  authorize: Authorize<User>;
  /** Which sessions their lists hold, of those that they may open. Pages are filled up. */
  filter?: Filter<User> | undefined;
  /**
   * Narrows what a list asks the service for, for example to a `state`, so that less has to be left out: one list reads
   * 20 pages of the service at most. Where the user has asked for another `state`, only rows that have both are given.
   *
   * @example (user, params) => ({ ...params, state: user.id })
   */
  narrow?: ((user: User, params: ListSessionsParams) => ListSessionsParams | Promise<ListSessionsParams>) | undefined;
  /**
   * Shared by several servers, such as `createRedisStore(client)`; for a single one its memory is enough.
   *
   * @default createMemoryStore()
   */
  store?: ProxyStore | undefined;
  /** Told of everything that was asked, without names, links and texts. It is not waited for. */
  audit?: ((event: ProxyAudit) => void) | undefined;
  /**
   * Told of everything that `authenticate`, `authorize`, `filter`, `narrow`, `apiKey`, `apiSecret`, `audit` or the store throws,
   * gives wrongly or does not settle within 10 s. It is not waited for, and what it throws itself changes no answer.
   * The event has no names, links or texts; the error is your own function's, and may have.
   *
   * Left out, an error is written to the console: in development once with all that it says, else its name once for each
   * source.
   *
   * @example (error, { source, reference }) => log.error({ error, source, reference })
   */
  onError?: OnError | undefined;
  /**
   * `on-demand`: people come without their links, and with handles for ids. A link is given one by one, to be seen in
   * the audit.
   *
   * @default "with-participants"
   */
  entryUrls?: "with-participants" | "on-demand" | undefined;
  /** Hosts that may be joined; the vendor's if left out. */
  entryUrlHosts?: readonly string[] | undefined;
  /**
   * Links that one user may ask for in an hour.
   *
   * @default 100
   */
  entryUrlsPerHour?: number | undefined;
  /**
   * Requests to the API at once. One counts until its answer is read.
   *
   * @default 20
   */
  concurrency?: number | undefined;
  fetch?: typeof globalThis.fetch | undefined;
}

/** A request to the proxy, its user and its outcome. */
export interface ProxyAudit {
  /** ISO 8601, UTC. */
  at: string;
  /** Also in the answer, where it was refused. */
  reference: string;
  user?: string | undefined;
  tenant?: string | undefined;
  operation?: ProxyOperation | undefined;
  /** A name for the session or person, the same each time, from which nobody can tell its id. */
  handle?: string | undefined;
  outcome: "done" | "repeated" | "refused" | "failed";
  /** HTTP status of the answer. */
  status: number;
  code?: CoviuErrorCode | undefined;
  /** Which header, origin or path made the proxy refuse a request, in English for a log. */
  cause?: string | undefined;
}

/** Time limits of a request to the proxy, in ms. A write has time to be confirmed after its answer was lost. */
const readMs = 20_000;
const writeMs = 30_000;
/** Time to note and to set free after that, in ms. */
const cleanupMs = 4500;
const hourSeconds = 3600;
/** Counts of links that are tried while others count at the same time. */
const maxCounts = 20;

/**
 * The clinic's own end of the kit: takes the ten operations of the API under `mount`, for users of the clinic's app
 * only, and asks the API with the clinic's key. What it does not know it refuses.
 *
 * It takes a standard `Request`. The second argument is what `getRequestListener` of `@hono/node-server` adds: with it a
 * router of Express may take its part of the path away, and `express.json()` may read the body before.
 *
 * A read is answered within 20 s, a write within 35 s.
 *
 * @throws TypeError if `authenticate` or `authorize` is missing (nothing is open by default), or an option can't work.
 *
 * @example
 * const coviu = createCoviuProxy({ apiKey, apiSecret, authenticate: userOf, ...ownSessions() });
 * app.all("/api/coviu/*", (c) => coviu(c.req.raw));
 */
export function createCoviuProxy<User extends ProxyUser>(
  options: CoviuProxyOptions<User>,
): (request: Request, environment?: unknown) => Promise<Response> {
  checkOptions(options);
  const { apiKey, apiSecret, authenticate, authorize, filter, narrow, audit, onError, origins } = options;
  const { baseUrl = "https://api.coviu.com/v1", store = createMemoryStore(), concurrency = 20 } = options;
  const { fetch = (...request) => globalThis.fetch(...request) } = options;
  const isOnDemand = options.entryUrls === "on-demand";
  const mount = (options.mount ?? "/api/coviu").replace(/\/*$/, "/");
  const connect = createUpstream({ baseUrl, concurrency, fetch });
  const readKeys = createKeyring();
  const lockFor = createLocks();
  const list = createLists();

  /** What one request works with: nothing of it is shared with another one. */
  function toolsOf(scope: RequestScope) {
    let secret: Promise<string> | undefined;
    const readSecret = () =>
      (secret ??= scope.call(
        "apiSecret",
        () => (typeof apiSecret === "string" ? apiSecret : apiSecret()),
        asText("apiSecret"),
      ));
    const readKey = () =>
      scope.call("apiKey", () => (typeof apiKey === "string" ? apiKey : apiKey()), asText("apiKey"));
    const ownStore = guardedStore(store, scope);
    const seal = createSeal(() => readKeys(readSecret));
    const holdLock = lockFor(ownStore, seal, scope);
    return {
      readKey,
      readSecret,
      store: ownStore,
      seal,
      once: createRecords({ store: ownStore, seal, scope, holdLock }),
    };
  }

  async function handle(
    request: Request,
    environment: unknown,
    { scope, event }: { scope: RequestScope; event: Partial<ProxyAudit> },
  ): Promise<Response> {
    const node = nodeRequestOf(environment);
    const { pathname, searchParams } = new URL(request.url);
    const mounted = pathBelow(mount, node.path === undefined ? pathname : new URL(node.path, request.url).pathname);
    const target = mounted.path === undefined ? undefined : targetOf(request.method, mounted.path, isOnDemand);
    assertSameOrigin(request, origins, target?.operation === "joinSession");
    if (!target) {
      const { cause } = mounted;
      throw new Refusal(404, "not_found", cause ?? "There is nothing here.", { cause });
    }
    event.operation = target.operation;
    const { url, method, headers } = request;
    const user = await scope.call(
      "authenticate",
      () => authenticate(new Request(url, { method, headers })),
      authenticatedUser<User>,
    );
    if (!user) throw new Refusal(401, "auth_required", "Sign in again.");
    event.user = user.id;
    event.tenant = user.tenant ?? undefined;
    const who = JSON.stringify([user.tenant, user.id]);
    const { readKey, readSecret, store, seal, once } = toolsOf(scope);
    const people = isOnDemand ? withoutLinks(seal, user) : asTheyAre;
    // A person is the same one whoever asks, although each user has a handle of their own.
    if (audit && target.id) event.handle = await seal.digest(`audit\n${(await people.idOf(target.id)) ?? target.id}`);
    const isRead = method === "GET";
    const body = isRead ? undefined : await readBody(request, node.body);
    const rights = rightsOf(user, authorize, filter, scope);
    const { signal } = scope;
    const client = connect({ user: who, isRead, readKey, readSecret, signal });
    const operationId = headers.get("coviu-operation") ?? "";

    const narrowed = async (params: ListSessionsParams) =>
      narrow ? scope.call("narrow", () => narrow(user, params), asParams) : params;

    const ask: Ask = {
      operation: target.operation,
      id: target.id,
      query: searchParams,
      body,
      client,
      signal,
      rights,
      people,
      async list(params) {
        const filters = await narrowed(params);
        const { state } = params;
        return list({
          client,
          signal,
          key: JSON.stringify([who, { ...params, page: undefined }, { ...filters, page: undefined }]),
          params,
          filters,
          async sees(session) {
            // The service takes one state: the other one is looked for here.
            const hasState = state === undefined || state === filters.state || hasPerson(session, state);
            return hasState && rights.lists(session);
          },
        });
      },
      async isOwn(made) {
        const [key, maker] = await Promise.all([seal.digest(`made\n${made}`), seal.digest(`${who}\n${operationId}`)]);
        if (await store.swap(key, undefined, maker, 24 * hourSeconds, { evictable: true })) return true;
        return (await store.get(key)) === maker;
      },
    };

    /** Counts a link that is given out. @throws Refusal if there were too many */
    const countLink = async (): Promise<void> => {
      const hour = Math.floor(Date.now() / 3_600_000);
      const key = await seal.digest(JSON.stringify(["links", user.tenant, user.id, hour]));
      for (let tries = 1; tries <= maxCounts; tries += 1) {
        // oxlint-disable-next-line no-await-in-loop -- until nobody else counts at the same time
        const count = await store.get(key);
        if (Number(count ?? 0) >= (options.entryUrlsPerHour ?? 100)) {
          const retryAfter = hourSeconds - Math.floor((Date.now() / 1000) % hourSeconds);
          throw new Refusal(429, "rate_limited", "Too many links in an hour.", { retryAfter });
        }
        // oxlint-disable-next-line no-await-in-loop
        if (await store.swap(key, count, String(Number(count ?? 0) + 1), hourSeconds)) return;
        // oxlint-disable-next-line no-await-in-loop
        await scope.pause(tries * 10 * Math.random());
      }
      throw new Refusal(503, "server", "Links can’t be counted at the moment.", { retryAfter: 1 });
    };

    async function entryUrlOf(operation: "revealEntryUrl" | "joinSession"): Promise<string> {
      const { person, session } = await personOf(ask);
      await rights.demand(operation, { session, participant: person });
      await countLink();
      const url = trustedEntryUrl(person.entry_url, options.entryUrlHosts);
      if (!url) throw new Refusal(502, "bad_response", "The entry link leads to a host that is not trusted.");
      return url;
    }

    if (target.operation === "joinSession") return redirect(await entryUrlOf(target.operation));
    if (target.operation === "revealEntryUrl") return answer({ entry_url: await entryUrlOf(target.operation) });
    if (isRead) return answer(await read(ask));
    if (!/^[\w-]{16,100}$/.test(operationId)) {
      throw new Refusal(400, "invalid_request", "A write needs an operation id.");
    }
    const { body: written, repeated } = await once({
      id: `operation\n${who}\n${operationId}`,
      asked: await seal.digest(JSON.stringify([target.operation, target.id, body])),
      ...writeOf(ask),
    });
    if (repeated) event.outcome = "repeated";
    return answer(written);
  }

  return async (request, environment) => {
    const reference = crypto.randomUUID().slice(0, 8);
    const event: Partial<ProxyAudit> = {};
    const isRead = request.method === "GET";
    const totalMs = isRead ? readMs : writeMs;
    const scope = createScope({
      totalMs,
      // A write goes on when its browser is gone: whoever asks again is told its outcome.
      browserSignal: isRead ? request.signal : undefined,
      report(source, error) {
        const { operation, user, tenant } = event;
        const at = new Date().toISOString();
        reportError(onError, error, { at, reference, source, operation, user, tenant });
      },
    });
    let response: Response;
    try {
      response = await settledWithin(totalMs + cleanupMs, handle(request, environment, { scope, event }));
    } catch (error) {
      const refusal = error instanceof SettleTimeout ? cutOff() : refusalOf(error);
      if (refusal !== error && !CoviuError.is(error)) scope.report("proxy", error);
      event.outcome = refusal.status < 500 ? "refused" : "failed";
      event.code = refusal.code;
      if (refusal.cause) event.cause = refusal.cause;
      if (refusal.cause) warnOfRefusal(refusal.cause);
      response = refusedAnswer(refusal, reference);
    } finally {
      scope.close();
    }
    const { status } = response;
    if (audit) {
      callQuietly(
        () => audit({ at: new Date().toISOString(), reference, outcome: "done", ...event, status }),
        // What was done is done, also if it can't be written down: whoever asked has to know.
        (error) => scope.report("audit", error),
      );
    }
    return response;
  };
}

/** @throws TypeError for what would fail, or let somebody in, with the first request */
function checkOptions<User extends ProxyUser>(options: CoviuProxyOptions<User>): void {
  const { apiKey, apiSecret, authenticate, authorize, baseUrl, store, entryUrlHosts } = options;
  if (typeof authenticate !== "function" || typeof authorize !== "function") {
    throw new TypeError("createCoviuProxy needs authenticate and authorize: it lets nobody in by default.");
  }
  if (!apiKey || !apiSecret) throw new TypeError("createCoviuProxy needs apiKey and apiSecret.");
  if (baseUrl !== undefined) checkBaseUrl("createCoviuProxy", baseUrl);
  checkMount(options.mount);
  checkOrigins(options.origins);
  checkFunctions(options, ["filter", "narrow", "audit", "onError", "fetch"]);
  checkOneOf("entryUrls", options.entryUrls, ["with-participants", "on-demand"]);
  checkCount("entryUrlsPerHour", options.entryUrlsPerHour, 0);
  checkCount("concurrency", options.concurrency, 1);
  if (entryUrlHosts !== undefined && !Array.isArray(entryUrlHosts)) {
    throw new TypeError(`createCoviuProxy: entryUrlHosts is ${kindOf(entryUrlHosts)}, not a list of hosts.`);
  }
  if (store !== undefined && (typeof store?.get !== "function" || typeof store.swap !== "function")) {
    throw new TypeError("createCoviuProxy: store needs get and swap, as createMemoryStore() has them.");
  }
}

function asText(name: string) {
  return (value: unknown): string => {
    if (typeof value === "string" && value) return value;
    throw new TypeError(`${name} gave ${kindOf(value)}. Give it as a text.`);
  };
}

/** What `narrow` gave, checked as the parameters of a browser are. */
function asParams(value: unknown): ListSessionsParams {
  const prototype: unknown = typeof value === "object" && value !== null ? Object.getPrototypeOf(value) : undefined;
  if (prototype !== Object.prototype && prototype !== null) {
    throw new TypeError(`narrow gave ${kindOf(value)}. Give the parameters of the list, changed or as they are.`);
  }
  try {
    return checked(ListSessionsParams, value);
  } catch {
    throw new TypeError("narrow gave parameters that a list does not have, or not in their form.");
  }
}

/** All waits inside have limits of their own: this is for one that was forgotten. */
function cutOff(): Refusal {
  return new Refusal(504, "timeout", "This took too long.", { outcome: "unknown" });
}

function hasPerson({ participants = [] }: Session, state: string): boolean {
  return participants.some((person) => person.state === state);
}
