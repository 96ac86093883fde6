import { credentialsError, type HeaderSource } from "./tokenSource.ts";
import { withTimeout } from "./withTimeout.ts";

/**
 * Gives headers for a request, for example `authorization` of your app's own sign-in. It is called before each request, and
 * once more with `renew: true` after a 401. There is one call at a time: requests that start meanwhile share its result.
 * Headers of the kit are not replaced. Throw a `CoviuError` with the code `auth_required` if the user has to sign in again.
 * Any other error counts as temporary, as does a call that takes longer than `timeouts.token`.
 *
 * @example
 * const headers: GetHeaders = async ({ renew }) => ({
 *   authorization: `Bearer ${await auth.getToken({ forceRefresh: renew })}`,
 * });
 */
export type GetHeaders = (request: { renew: boolean; signal: AbortSignal }) => AppHeaders | Promise<AppHeaders>;

/** Headers by name. */
export type AppHeaders = Headers | Record<string, string> | [string, string][];

/** Calls `getHeaders` of the app, once at a time. */
export function createHeaderSource(getHeaders: GetHeaders, timeoutMs: number, ended: AbortSignal): HeaderSource {
  /** Number of renewals before each call. Headers from before a renewal need no other one. */
  const renewalsBefore = new WeakMap<Headers, number>();
  let renewals = 0;
  let pending: Promise<Headers> | undefined;

  async function call(renew: boolean): Promise<Headers> {
    let hint = "threw";
    try {
      const result = await withTimeout(timeoutMs, [ended], async (signal) => getHeaders({ renew, signal }));
      hint = "gave no valid headers";
      const headers = new Headers(result);
      if (renew) renewals += 1;
      renewalsBefore.set(headers, renewals);
      return headers;
    } catch (error) {
      throw credentialsError(error, "headers", hint);
    }
  }

  return async (refused) => {
    // A call from before the 401 would give the same headers again.
    if (refused) await pending?.catch(() => {});
    ended.throwIfAborted();
    const renew = refused !== undefined && renewalsBefore.get(refused) === renewals;
    return (pending ??= call(renew).finally(() => {
      pending = undefined;
    }));
  };
}
