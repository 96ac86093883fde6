/*
 * Stands in for `coviu-react/server` in a browser bundle, where it must not be. It has every name of the server entry,
 * so that a bundle is made and the sentence is seen.
 */
export const createAccessTokenSource = refuse;
export const createCoviuProxy = refuse;
export const createMemoryStore = refuse;
export const createRedisStore = refuse;
export const ownSessions = refuse;

function refuse(): never {
  throw new Error(
    "coviu-react/server was imported into a browser bundle. It takes the clinic's key and secret, and whoever opens the page could read them: import it on your server only, and give createCoviuClient the address of a proxy there, or getAccessToken.",
  );
}

refuse();
