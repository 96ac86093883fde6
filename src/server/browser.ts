/** Stands in for `coviu-react/server` in a browser bundle, where it must not be. */
export function createAccessTokenSource(): never {
  throw new Error(refusal);
}

export function createCoviuProxy(): never {
  throw new Error(refusal);
}

export function createMemoryStore(): never {
  throw new Error(refusal);
}

export function createRedisStore(): never {
  throw new Error(refusal);
}

export function ownSessions(): never {
  throw new Error(refusal);
}

const refusal =
  "coviu-react/server was imported into a browser bundle. It takes the clinic's key and secret, and whoever opens the page could read them: import it on your server only, and give createCoviuClient the address of a proxy there, or getAccessToken.";

throw new Error(refusal);
