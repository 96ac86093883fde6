import { type CoviuErrorCode, notSent } from "../../api/errors.ts";

interface FailureCount {
  /** Failures since the last response. */
  failures: number;
  /** Users with a failure: up to two of them. */
  users: Set<string>;
  reason: CoviuErrorCode;
  /** Time of the last read that was let through, in ms of `performance.now()`. */
  triedAt: number;
}

/** Failures in a row after which reads are stopped. */
const maxFailures = 5;
/** Time between two reads while the circuit is open, in ms. */
const tryEveryMs = 1000;
/** Users whose failures are counted. */
const maxUsers = 1000;

/**
 * Creates a circuit breaker. After repeated failures it lets only one read a second through. Failures are counted per
 * user: the service counts as down only after failures of two users or of its sign-in, so that the failing reads of one
 * user do not stop the reads of others. Writes are always sent, since a person asked for them.
 */
export function createCircuitBreaker() {
  const users = new Map<string, FailureCount>();
  let service = newFailureCount();

  function count(failureCount: FailureCount, user: string, reason: CoviuErrorCode, weight: number): void {
    failureCount.failures += weight;
    if (failureCount.users.size < 2) failureCount.users.add(user);
    failureCount.reason = reason;
  }

  return {
    /** @throws CoviuError if a read must not be sent now. */
    assertMaySend(user: string): void {
      const own = users.get(user);
      const counts = [...(service.users.size > 1 ? [service] : []), ...(own ? [own] : [])];
      const open = counts.filter(({ failures }) => failures >= maxFailures);
      const now = performance.now();
      for (const { reason, triedAt } of open) if (now < triedAt + tryEveryMs) throw notSent(reason, "request");
      for (const failureCount of open) failureCount.triedAt = now;
    },
    recordAnswer(user: string): void {
      service = newFailureCount();
      users.delete(user);
    },
    recordFailure(user: string, reason: CoviuErrorCode): void {
      count(service, user, reason, 1);
      const own = users.get(user) ?? newFailureCount();
      count(own, user, reason, 1);
      users.set(user, own);
      const [oldest] = users.keys();
      if (users.size > maxUsers && oldest !== undefined) users.delete(oldest);
    },
    /** Counts for all users: without a token no request of any user can be sent. */
    recordTokenFailure(user: string, reason: CoviuErrorCode): void {
      count(service, user, reason, 2);
      service.users.add("");
    },
  };
}

function newFailureCount(): FailureCount {
  return { failures: 0, users: new Set(), reason: "server", triedAt: -Infinity };
}
