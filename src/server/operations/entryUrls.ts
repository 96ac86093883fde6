import { trustedEntryUrl } from "../../domain/links.ts";
import type { ProxyUser } from "../proxy/authorization.ts";
import type { Encryption } from "../proxy/encryption.ts";
import type { GuardedStore } from "../proxy/guardedStore.ts";
import { ProxyError } from "../proxy/proxyError.ts";
import type { RequestScope } from "../proxy/requestScope.ts";
import { type OperationContext, readTargetParticipant } from "./context.ts";

interface EntryUrlOptions {
  entryUrlHosts: readonly string[] | undefined;
  /** @throws ProxyError if the user has requested too many entry links. */
  countEntryUrl: () => Promise<void>;
}

/**
 * Reads the entry link of the person in the path (`revealEntryUrl`, `joinSession`).
 *
 * @throws ProxyError or CoviuError
 */
export async function readEntryUrl(
  context: OperationContext,
  { entryUrlHosts, countEntryUrl }: EntryUrlOptions,
): Promise<string> {
  const { participant, session } = await readTargetParticipant(context);
  await context.authorization.assertAllowed(context.operation, { session, participant });
  await countEntryUrl();
  const url = trustedEntryUrl(participant.entry_url, entryUrlHosts);
  if (!url) throw new ProxyError(502, "bad_response", "The entry link leads to a host that is not trusted.");
  return url;
}

const hourSeconds = 3600;
/** Attempts to count an entry link while other requests of the user count at the same time. */
const maxAttempts = 20;

interface EntryUrlCountOptions {
  user: ProxyUser;
  maxPerHour: number;
  store: GuardedStore;
  encryption: Encryption;
  scope: RequestScope;
}

/**
 * Counts an entry link for the user.
 *
 * @throws ProxyError 429 if the limit of this hour is reached, 503 if the link can't be counted.
 */
export async function countEntryUrl({ user, maxPerHour, ...context }: EntryUrlCountOptions): Promise<void> {
  const { store, encryption, scope } = context;
  const hour = Math.floor(Date.now() / (hourSeconds * 1000));
  const key = await encryption.digest(JSON.stringify(["links", user.tenant, user.id, hour]));
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    // oxlint-disable-next-line no-await-in-loop -- until no other request counts at the same time
    const count = await store.get(key);
    if (Number(count ?? 0) >= maxPerHour) {
      const retryAfter = hourSeconds - Math.floor((Date.now() / 1000) % hourSeconds);
      throw new ProxyError(429, "rate_limited", "Too many entry links in one hour.", { retryAfter });
    }
    // oxlint-disable-next-line no-await-in-loop
    if (await store.swap(key, count, String(Number(count ?? 0) + 1), hourSeconds)) return;
    // oxlint-disable-next-line no-await-in-loop
    await scope.wait(attempt * 10 * Math.random());
  }
  throw new ProxyError(503, "server", "Entry links can’t be counted at the moment.", { retryAfter: 1 });
}
