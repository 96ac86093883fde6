import type { Drift } from "./decode.ts";
import type { GetHeaders } from "./headerSource.ts";
import type { GetAccessToken } from "./tokenSource.ts";

/** Options of `createCoviuClient`. */
export interface CoviuClientOptions {
  /** Address of your proxy, for example `/api/coviu`, or of the API. With a proxy, no secret is in the browser. */
  baseUrl: string;
  /** Gives a bearer token of the Session API. With a proxy use cookies or `headers`: writes then carry an idempotency key. */
  getAccessToken?: GetAccessToken | undefined;
  /** Gives headers for requests to your proxy, for example the bearer token of your app's own sign-in. */
  headers?: GetHeaders | undefined;
  /**
   * `on-demand` if your proxy is set to it: people come without entry links, and each entry link is requested when the user
   * wants it.
   *
   * @default "with-participants"
   */
  entryUrls?: "with-participants" | "on-demand" | undefined;
  /**
   * Sends requests, for example to a sandbox.
   *
   * @default the global `fetch`
   */
  fetch?: typeof globalThis.fetch | undefined;
  /** Separates the cache entries of this client from others. Required to share a query client. */
  scope?: string | undefined;
  /** Time limits, in ms. */
  timeouts?: ClientTimeouts | undefined;
  /** Is called for each row of a response that differs from the contract and was dropped. */
  onDrift?: ((drift: Drift) => void) | undefined;
  /** Is called once when the sign-in is over and the user has to sign in again. */
  onAuthLost?: (() => void) | undefined;
}

/** Headers of every request. A proxy refuses requests without `coviu-kit`, which pages of other sites cannot send. */
export function kitHeaders({ getAccessToken }: CoviuClientOptions): Record<string, string> {
  return { accept: "application/json", ...(!getAccessToken && { "coviu-kit": "1" }) };
}

/** Time limits of a client, in ms. */
export interface ClientTimeouts {
  /**
   * One attempt of a request.
   *
   * @default 10_000
   */
  request?: number | undefined;
  /**
   * A read with all its attempts.
   *
   * @default 30_000
   */
  total?: number | undefined;
  /**
   * A call of `getAccessToken` or `headers`.
   *
   * @default 10_000
   */
  token?: number | undefined;
}

/** Options of every call. */
export interface RequestOptions {
  signal?: AbortSignal | undefined;
  /**
   * Whether a failed read is repeated. Pass `false` if the caller repeats it.
   *
   * @default true
   */
  retry?: boolean | undefined;
}

/** Options of an edit. */
export interface EditOptions<Fields extends object> extends RequestOptions {
  /**
   * The fields as they were when the user decided to change them. A proxy refuses the edit with `conflict` if they have
   * changed since. The API itself has no such check, so it is not sent there.
   */
  ifUnchanged?: Fields | undefined;
}
