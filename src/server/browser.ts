/*
 * Replaces `coviu-react/server` in browser bundles, which must not contain it. It exports every function of the server
 * entry, so that bundling succeeds and the error below is thrown.
 */
export const createAccessTokenSource = refuse;
export const createCoviuProxy = refuse;
export const createMemoryStore = refuse;
export const createRedisStore = refuse;
export const ownSessions = refuse;

function refuse(): never {
  throw new Error(
    "coviu-react/server was imported into a browser bundle. It takes the clinic's key and secret, which every visitor of the page could read. Import it on your server only, and give createCoviuClient the address of your proxy, or getAccessToken.",
  );
}

refuse();
