import { type CoviuErrorCode, notSent } from "../../api/errors.ts";

interface Account {
  /** Since the last answer. */
  failures: number;
  users: Set<string>;
  reason: CoviuErrorCode;
  triedAt: number;
}

/** Failures in a row after which reads are held back. */
const maxFailures = 5;
/** Milliseconds between two tries of a service that is down. */
const tryEveryMs = 1000;
/** Users whose failures are kept. */
const maxUsers = 1000;

/**
 * Stops reads after repeated failures, except one a second. A user has an account of their own: the service counts as
 * down only after failures for two users or of its sign-in, so that one user's stream of failing reads holds up nobody
 * else. Writes are always sent, since a person asked for them.
 */
export function createCircuitBreaker() {
  const users = new Map<string, Account>();
  let service = newAccount();

  function count(account: Account, user: string, reason: CoviuErrorCode, weight: number): void {
    account.failures += weight;
    if (account.users.size < 2) account.users.add(user);
    account.reason = reason;
  }

  return {
    /** @throws CoviuError if a read must not be sent now */
    assertMaySend(user: string): void {
      const own = users.get(user);
      const accounts = [...(service.users.size > 1 ? [service] : []), ...(own ? [own] : [])];
      const open = accounts.filter(({ failures }) => failures >= maxFailures);
      const now = performance.now();
      for (const { reason, triedAt } of open) if (now < triedAt + tryEveryMs) throw notSent(reason, "request");
      for (const account of open) account.triedAt = now;
    },
    recordAnswer(user: string): void {
      service = newAccount();
      users.delete(user);
    },
    recordFailure(user: string, reason: CoviuErrorCode): void {
      count(service, user, reason, 1);
      const account = users.get(user) ?? newAccount();
      count(account, user, reason, 1);
      users.set(user, account);
      const [oldest] = users.keys();
      if (users.size > maxUsers && oldest !== undefined) users.delete(oldest);
    },
    /** Without a token nobody gets an answer, so it is everybody's. */
    recordTokenFailure(user: string, reason: CoviuErrorCode): void {
      count(service, user, reason, 2);
      service.users.add("");
    },
  };
}

function newAccount(): Account {
  return { failures: 0, users: new Set(), reason: "server", triedAt: -Infinity };
}
