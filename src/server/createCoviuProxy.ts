import { CoviuError } from "../api/errors.ts";
import { ListSessionsParams } from "../api/requests.ts";
import type { Session } from "../api/schemas.ts";
import { createMemoryStore } from "./createMemoryStore.ts";
import type { OperationContext } from "./operations/context.ts";
import { countEntryUrl, readEntryUrl } from "./operations/entryUrls.ts";
import { performRead } from "./operations/reads.ts";
import { validate } from "./operations/validation.ts";
import { prepareWrite } from "./operations/writes.ts";
import { toAuthenticatedUser } from "./proxy/authenticatedUser.ts";
import { createAuthorization, type ProxyUser } from "./proxy/authorization.ts";
import { createEncryption, createKeyring } from "./proxy/encryption.ts";
import { callQuietly, reportError, warnOfRefusal } from "./proxy/errorReport.ts";
import { createFilteredPages } from "./proxy/filteredPages.ts";
import { createGuardedStore } from "./proxy/guardedStore.ts";
import { readIdempotencyKey } from "./proxy/idempotencyKey.ts";
import { createIdempotentWrites } from "./proxy/idempotentWrites.ts";
import { createLocks } from "./proxy/locks.ts";
import { pathBelowMount } from "./proxy/mount.ts";
import { readNodeRequest } from "./proxy/nodeRequest.ts";
import { encryptedHandles, unchangedParticipants } from "./proxy/participantHandles.ts";
import { ProxyError, toProxyError } from "./proxy/proxyError.ts";
import { checkOptions, type CoviuProxyOptions, type ProxyAudit } from "./proxy/proxyOptions.ts";
import { readBody } from "./proxy/readBody.ts";
import { createRequestScope, type RequestScope } from "./proxy/requestScope.ts";
import { errorResponse, jsonResponse, redirectResponse } from "./proxy/response.ts";
import { matchRoute } from "./proxy/routes.ts";
import { assertSameOrigin } from "./proxy/sameOrigin.ts";
import { settleWithin, SettleTimeoutError } from "./proxy/timers.ts";
import { createUpstream } from "./proxy/upstream.ts";
import { describeKind } from "./proxy/valueChecks.ts";

/** Time limit of a read, in ms. */
const readMs = 20_000;
/** Time limit of a write, in ms. It includes confirming the write if its response is lost. */
const writeMs = 30_000;
/** Time to store outcomes and release locks after the time limit, in ms. */
const cleanupMs = 4500;
/** How long it is known which write created a session or person. */
const creatorTtlSeconds = 24 * 3600;

/**
 * Creates a request handler that serves the Session API to the users of your app, under `mount`. It calls the API with
 * the clinic's key, and only for users whom `authorize` allows. Other paths and methods are refused.
 *
 * The handler takes a standard `Request`. The second argument is what `getRequestListener` of `@hono/node-server`
 * passes: with it a router of Express may remove its part of the path, and `express.json()` may read the body before.
 *
 * A read is answered within 20 s, a write within 35 s. Writes need the header `Idempotency-Key`, which the kit's client
 * sends: a repeat is answered from the stored outcome of the first request.
 *
 * @throws TypeError if `authenticate` or `authorize` is missing (by default no user has access), or an option is not valid.
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
  const { baseUrl = "https://api.coviu.com/v1", store: sharedStore = createMemoryStore(), concurrency = 20 } = options;
  const { fetch = (...request) => globalThis.fetch(...request) } = options;
  const { entryUrlHosts, entryUrlsPerHour: maxPerHour = 100 } = options;
  const isOnDemand = options.entryUrls === "on-demand";
  const mount = (options.mount ?? "/api/coviu").replace(/\/*$/, "/");
  const connect = createUpstream({ baseUrl, concurrency, fetch });
  const readKeys = createKeyring();
  const lockFor = createLocks();
  const readFilteredPage = createFilteredPages();

  /** Creates what one request works with. Nothing of it is shared with another request. */
  function createRequestTools(scope: RequestScope) {
    let secret: Promise<string> | undefined;
    const readSecret = () =>
      (secret ??= scope.callApp(
        "apiSecret",
        () => (typeof apiSecret === "string" ? apiSecret : apiSecret()),
        toCredential("apiSecret"),
      ));
    const readKey = () =>
      scope.callApp("apiKey", () => (typeof apiKey === "string" ? apiKey : apiKey()), toCredential("apiKey"));
    const store = createGuardedStore(sharedStore, scope);
    const encryption = createEncryption(() => readKeys(readSecret));
    const holdLock = lockFor(store, encryption, scope);
    const runOnce = createIdempotentWrites({ store, encryption, scope, holdLock });
    return { readKey, readSecret, store, encryption, runOnce };
  }

  async function handle(
    request: Request,
    environment: unknown,
    { scope, event }: { scope: RequestScope; event: Partial<ProxyAudit> },
  ): Promise<Response> {
    const { url, method, headers } = request;
    const { signal } = scope;
    const isRead = method === "GET";

    const node = readNodeRequest(environment);
    const { pathname, searchParams } = new URL(url);
    const mounted = pathBelowMount(mount, node.path === undefined ? pathname : new URL(node.path, url).pathname);
    const route = mounted.path === undefined ? undefined : matchRoute(method, mounted.path, isOnDemand);
    assertSameOrigin(request, origins, route?.operation === "joinSession");
    if (!route) {
      const { cause } = mounted;
      throw new ProxyError(404, "not_found", cause ?? "There is no such path.", { cause });
    }
    const { operation, id } = route;
    event.operation = operation;

    const user = await scope.callApp(
      "authenticate",
      () => authenticate(new Request(url, { method, headers })),
      toAuthenticatedUser<User>,
    );
    if (!user) throw new ProxyError(401, "auth_required", "Sign in again.");
    event.user = user.id;
    event.tenant = user.tenant ?? undefined;
    const userKey = JSON.stringify([user.tenant, user.id]);

    const { readKey, readSecret, store, encryption, runOnce } = createRequestTools(scope);
    const handles = isOnDemand ? encryptedHandles(encryption, user) : unchangedParticipants;
    // Derived from the service's id: each user has another handle for the same person.
    if (audit && id) event.handle = await encryption.digest(`audit\n${(await handles.participantIdOf(id)) ?? id}`);
    const body = isRead ? undefined : await readBody(request, node.body);
    const client = connect({ userKey, isRead, readKey, readSecret, signal });
    const authorization = createAuthorization(user, authorize, filter, scope);

    const context: OperationContext = {
      operation,
      id,
      query: searchParams,
      body,
      client,
      signal,
      authorization,
      handles,
      async listPage(params) {
        const serviceParams = narrow ? await scope.callApp("narrow", () => narrow(user, params), toListParams) : params;
        const { state } = params;
        return readFilteredPage({
          client,
          signal,
          key: JSON.stringify([userKey, { ...params, page: undefined }, { ...serviceParams, page: undefined }]),
          params,
          serviceParams,
          async isVisible(session) {
            // The service filters by one state only. The user's own filter is applied here.
            const matchesState = state === undefined || state === serviceParams.state || hasState(session, state);
            return matchesState && authorization.canList(session);
          },
        });
      },
      async isCreatedByThisWrite(createdId) {
        const [key, creator] = await Promise.all([
          encryption.digest(`made\n${createdId}`),
          encryption.digest(`${userKey}\n${readIdempotencyKey(headers)}`),
        ]);
        if (await store.swap(key, undefined, creator, creatorTtlSeconds, { evictable: true })) return true;
        return (await store.get(key)) === creator;
      },
    };

    if (operation === "joinSession" || operation === "revealEntryUrl") {
      const count = () => countEntryUrl({ user, maxPerHour, store, encryption, scope });
      const entryUrl = await readEntryUrl(context, { entryUrlHosts, countEntryUrl: count });
      return operation === "joinSession" ? redirectResponse(entryUrl) : jsonResponse({ entry_url: entryUrl });
    }
    if (isRead) return jsonResponse(await performRead(context));

    const idempotencyKey = readIdempotencyKey(headers);
    const { body: result, isRepeat } = await runOnce({
      id: `operation\n${userKey}\n${idempotencyKey}`,
      fingerprint: await encryption.digest(JSON.stringify([operation, id, body])),
      ...prepareWrite(context),
    });
    if (isRepeat) event.outcome = "repeated";
    return jsonResponse(result);
  }

  return async (request, environment) => {
    const reference = crypto.randomUUID().slice(0, 8);
    const event: Partial<ProxyAudit> = {};
    const isRead = request.method === "GET";
    const totalMs = isRead ? readMs : writeMs;
    const scope = createRequestScope({
      totalMs,
      // A write goes on after its browser has disconnected: a repeat of it receives the outcome.
      browserSignal: isRead ? request.signal : undefined,
      report(source, error) {
        const { operation, user, tenant } = event;
        const at = new Date().toISOString();
        reportError(onError, error, { at, reference, source, operation, user, tenant });
      },
    });
    let response: Response;
    try {
      response = await settleWithin(totalMs + cleanupMs, handle(request, environment, { scope, event }));
    } catch (error) {
      const refusal = error instanceof SettleTimeoutError ? handlerTimeout() : toProxyError(error);
      if (refusal !== error && !CoviuError.is(error)) scope.report("proxy", error);
      event.outcome = refusal.status < 500 ? "refused" : "failed";
      event.code = refusal.code;
      if (refusal.cause) event.cause = refusal.cause;
      if (refusal.cause) warnOfRefusal(refusal.cause);
      response = errorResponse(refusal, reference);
    } finally {
      scope.close();
    }
    const { status } = response;
    if (audit) {
      callQuietly(
        () => audit({ at: new Date().toISOString(), reference, outcome: "done", ...event, status }),
        // The response stays as it is: the operation has happened even if the audit fails.
        (error) => scope.report("audit", error),
      );
    }
    return response;
  };
}

function toCredential(name: string) {
  return (value: unknown): string => {
    if (typeof value === "string" && value) return value;
    throw new TypeError(`${name} returned ${describeKind(value)}. Return a string that is not empty.`);
  };
}

/** Checks the return value of `narrow`, in the same way as the parameters of a browser. */
function toListParams(value: unknown): ListSessionsParams {
  const prototype: unknown = typeof value === "object" && value !== null ? Object.getPrototypeOf(value) : undefined;
  if (prototype !== Object.prototype && prototype !== null) {
    throw new TypeError(`narrow returned ${describeKind(value)}. Return the parameters of the list.`);
  }
  try {
    return validate(ListSessionsParams, value);
  } catch {
    throw new TypeError("narrow returned parameters that a list does not have, or values that are not valid.");
  }
}

/** Error for a handler that hangs. All waits inside it have limits of their own, so this is the last resort. */
function handlerTimeout(): ProxyError {
  return new ProxyError(504, "timeout", "This took too long.", { outcome: "unknown" });
}

function hasState({ participants = [] }: Session, state: string): boolean {
  return participants.some((participant) => participant.state === state);
}
