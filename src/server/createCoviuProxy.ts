import { type CoviuClient, createCoviuClient } from "../api/client.ts";
import type { CoviuErrorCode } from "../api/errors.ts";
import type { SessionsParams } from "../api/sessionsParams.ts";
import { trustedEntryUrl } from "../domain/links.ts";
import { createAccessTokenSource } from "./createAccessTokenSource.ts";
import { answer, redirect, refusedAnswer } from "./proxy/answer.ts";
import { gated } from "./proxy/gate.ts";
import { bodyOf, refuseForeign } from "./proxy/guard.ts";
import { createLists } from "./proxy/lists.ts";
import { createLocks } from "./proxy/locks.ts";
import { type Ask, personOf, read, writeOf } from "./proxy/operations.ts";
import { asTheyAre, type People, withoutLinks } from "./proxy/people.ts";
import { createRecords } from "./proxy/records.ts";
import { Refusal, refusalOf, storeFailed } from "./proxy/refusal.ts";
import { type Authorize, type Filter, type ProxyOperation, type ProxyUser, rightsOf } from "./proxy/rights.ts";
import { type Target, targetOf } from "./proxy/routes.ts";
import { createSeal } from "./proxy/seal.ts";
import { createMemoryStore, type ProxyStore } from "./store.ts";

export interface CoviuProxyOptions<User extends ProxyUser> {
  /** The key, or a function that reads it with each token, for builds that run where there is none (`next build`). */
  apiKey: string | (() => string | Promise<string>);
  /** The secret, or a function that reads it when it is needed. */
  apiSecret: string | (() => string | Promise<string>);
  /** Of the API; `https://api.coviu.com/v1` if left out. */
  baseUrl?: string | undefined;
  /** Where the app reaches the proxy; `/api/coviu` if left out. Nothing else is answered. */
  mount?: string | undefined;
  /**
   * Origins of the app, such as `https://clinic.example`. Needed where the server sees another one than the browser, as
   * behind a gateway that ends TLS; the request's own if left out.
   */
  origins?: readonly string[] | undefined;
  /** Who asks, by the host's own login; `undefined` for nobody, which is answered with 401. It gets no body. */
  authenticate: (request: Request) => User | undefined | Promise<User | undefined>;
  /** Whether they may. Asked with the record as the service has it now, not as the browser says. */
  authorize: Authorize<User>;
  /** Which sessions their lists hold, of those that they may open. Pages are filled up. */
  filter?: Filter<User> | undefined;
  /** Narrows what a list asks the service for, for example to a `state`, so that less has to be left out. */
  narrow?: ((user: User, params: SessionsParams) => SessionsParams) | undefined;
  /** Shared by several servers; for a single one its memory is enough. */
  store?: ProxyStore | undefined;
  /** Told of everything that was asked, without names, links and texts. What it throws changes no answer. */
  audit?: ((event: ProxyAudit) => void) | undefined;
  /**
   * `on-demand`: people come without their links, and with handles for ids. A link is given one by one, to be seen in
   * the audit. `with-participants` if left out, as the API does.
   */
  entryUrls?: "with-participants" | "on-demand" | undefined;
  /** Hosts that may be joined; the vendor's if left out. */
  entryUrlHosts?: readonly string[] | undefined;
  /** Links that one user may ask for in an hour; 100 if left out. */
  entryUrlsPerHour?: number | undefined;
  /** Requests to the API at once; 20 if left out. */
  concurrency?: number | undefined;
  fetch?: typeof globalThis.fetch | undefined;
}

/** What was asked, by whom, and what came of it. */
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
}

interface Asked<User extends ProxyUser> {
  user: User;
  people: People;
  request: Request;
  body: object | undefined;
}

/** Milliseconds between two tries of a service that is down. */
const tryEvery = 1000;
const hour = 3600;

/**
 * The clinic's own end of the kit: takes the ten operations of the API under `mount`, for users of the clinic's app
 * only, and asks the API with the clinic's key. What it does not know it refuses.
 *
 * @throws TypeError if `authenticate` or `authorize` is missing: nothing is open by default.
 */
export function createCoviuProxy<User extends ProxyUser>(
  options: CoviuProxyOptions<User>,
): (request: Request) => Promise<Response> {
  const { authenticate, authorize, filter, apiSecret, store = createMemoryStore(), entryUrls, audit } = options;
  if (typeof authenticate !== "function" || typeof authorize !== "function") {
    throw new TypeError("createCoviuProxy needs authenticate and authorize: it lets nobody in by default.");
  }
  const mount = (options.mount ?? "/api/coviu").replace(/\/*$/, "/");
  const client = upstream(options);
  const seal = createSeal(() => (typeof apiSecret === "string" ? apiSecret : apiSecret()));
  const records = createRecords(store, seal);
  const inTurn = createLocks(store, seal);
  const list = createLists(client);
  let triedAt = -Infinity;

  /** One request in a while gets through to a service that was down. */
  function tryAgain(): void {
    const now = performance.now();
    if (client.connection.state === "up" || now < triedAt + tryEvery) return;
    triedAt = now;
    client.connection.resume();
  }

  async function userOf({ url, method, headers }: Request): Promise<User> {
    const user = await authenticate(new Request(url, { method, headers }));
    if (!user) throw new Refusal(401, "auth_required", "Sign in again.");
    if (typeof user.id !== "string" || !user.id) throw new TypeError("authenticate gave a user without an id.");
    return user;
  }

  function askOf({ operation, id }: Target, { user, people, request, body }: Asked<User>): Ask {
    const rights = rightsOf(user, authorize, filter);
    const who = JSON.stringify([user.tenant, user.id]);
    const operationId = request.headers.get("coviu-operation") ?? "";
    return {
      operation,
      id,
      query: new URL(request.url).searchParams,
      body,
      client,
      rights,
      people,
      inTurn,
      list(params) {
        const filters = options.narrow?.(user, params) ?? params;
        return list({
          key: JSON.stringify([who, { ...params, page: undefined }]),
          params,
          filters,
          sees: rights.lists,
        });
      },
      async isOwn(made) {
        const [key, maker] = await Promise.all([seal.digest(`made\n${made}`), seal.digest(`${who}\n${operationId}`)]);
        if (await store.swap(key, undefined, maker, 24 * hour)) return true;
        return (await store.get(key)) === maker;
      },
    };
  }

  async function write(ask: Ask, user: User, request: Request): Promise<{ body: object; repeated: boolean }> {
    const id = request.headers.get("coviu-operation") ?? "";
    if (!/^[\w-]{16,100}$/.test(id)) throw new Refusal(400, "invalid_request", "A write needs an operation id.");
    const { operation, id: target, body } = ask;
    const who = JSON.stringify([user.tenant, user.id]);
    return records.once({
      id: `operation\n${who}\n${id}`,
      asked: await seal.digest(JSON.stringify([operation, target, body])),
      ...writeOf(ask),
    });
  }

  /** The link of one person, for a user who may have it. @throws Refusal */
  async function entryUrlOf(ask: Ask, user: User, operation: "revealEntryUrl" | "joinSession"): Promise<string> {
    const { person, session } = await personOf(ask);
    await ask.rights.demand(operation, { session, participant: person });
    await countLinks(user);
    const url = trustedEntryUrl(person.entry_url, options.entryUrlHosts);
    if (!url) throw new Refusal(502, "bad_response", "The entry link leads to a host that is not trusted.");
    return url;
  }

  async function countLinks(user: User): Promise<void> {
    const key = await seal.digest(JSON.stringify(["links", user.tenant, user.id, Math.floor(Date.now() / 3_600_000)]));
    for (;;) {
      // oxlint-disable-next-line no-await-in-loop -- until nobody else counts at the same time
      const count = await store.get(key).catch(storeFailed);
      if (Number(count ?? 0) >= (options.entryUrlsPerHour ?? 100)) {
        const retryAfter = hour - Math.floor((Date.now() / 1000) % hour);
        throw new Refusal(429, "rate_limited", "Too many links in an hour.", { retryAfter });
      }
      // oxlint-disable-next-line no-await-in-loop
      if (await store.swap(key, count, String(Number(count ?? 0) + 1), hour).catch(storeFailed)) return;
    }
  }

  async function handle(request: Request, event: Partial<ProxyAudit>): Promise<Response> {
    const { pathname, origin } = new URL(request.url);
    const path = pathname.startsWith(mount) ? pathname.slice(mount.length) : "";
    const target = targetOf(request.method, path, entryUrls === "on-demand");
    refuseForeign(request, options.origins ?? [origin], target?.operation === "joinSession");
    if (!target) throw new Refusal(404, "not_found", "There is nothing here.");
    event.operation = target.operation;
    const user = await userOf(request);
    event.user = user.id;
    event.tenant = user.tenant;
    const people = entryUrls === "on-demand" ? withoutLinks(seal, user) : asTheyAre;
    // A person is the same one whoever asks, although each user has a handle of their own.
    if (audit && target.id) event.handle = await seal.digest(`audit\n${(await people.idOf(target.id)) ?? target.id}`);
    const body = request.method === "GET" ? undefined : await bodyOf(request);
    tryAgain();
    const ask = askOf(target, { user, people, request, body });
    if (target.operation === "joinSession") return redirect(await entryUrlOf(ask, user, target.operation));
    if (target.operation === "revealEntryUrl") {
      return answer({ entry_url: await entryUrlOf(ask, user, target.operation) });
    }
    if (request.method === "GET") return answer(await read(ask));
    const { body: written, repeated } = await write(ask, user, request);
    if (repeated) event.outcome = "repeated";
    return answer(written);
  }

  return async (request) => {
    const reference = crypto.randomUUID().slice(0, 8);
    const event: Partial<ProxyAudit> = {};
    let response: Response;
    try {
      response = await handle(request, event);
    } catch (error) {
      const refusal = refusalOf(error);
      event.outcome = refusal.status < 500 ? "refused" : "failed";
      event.code = refusal.code;
      response = refusedAnswer(refusal, reference);
    }
    const { status } = response;
    // What was done is done, also if it can't be written down: whoever asked has to know.
    const told = async () => audit?.({ at: new Date().toISOString(), reference, outcome: "done", ...event, status });
    told().catch(() => {});
    return response;
  };
}

/** The way to the API: no repeats of its own, as the browser has them, and a limit that leaves it time for an answer. */
function upstream<User extends ProxyUser>({
  apiKey,
  apiSecret,
  baseUrl = "https://api.coviu.com/v1",
  concurrency = 20,
  fetch = (...request) => globalThis.fetch(...request),
}: CoviuProxyOptions<User>): CoviuClient {
  const client = createCoviuClient({
    baseUrl,
    getAccessToken: createAccessTokenSource({ apiKey, apiSecret, baseUrl, fetch }),
    fetch: gated(fetch, concurrency),
    timeouts: { request: 8000 },
  });
  // Every request listens for the client's end. Node would call that a leak from the eleventh on.
  const link: object = client.connection;
  if ("ended" in link && link.ended instanceof AbortSignal) {
    Reflect.get(globalThis, "process")?.getBuiltinModule?.("node:events")?.setMaxListeners(0, link.ended);
  }
  return client;
}
