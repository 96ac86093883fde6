import { createCoviuProxy, ownSessions } from "../../../../src/server/index.ts";
import { type User, userOf } from "./login.ts";

let proxy: ReturnType<typeof createCoviuProxy> | undefined;

/** Made with the first request, as `next build` runs this file where there is no key; then one for all requests. */
export function coviu(request: Request): Promise<Response> {
  const { COVIU_API, COVIU_KEY = "", APP_ORIGIN = "" } = process.env;
  proxy ??= createCoviuProxy({
    apiKey: COVIU_KEY,
    apiSecret: () => process.env["COVIU_SECRET"] ?? "",
    baseUrl: COVIU_API,
    // Next knows the address it listens on, not the one that the browser sees.
    origins: [APP_ORIGIN],
    authenticate: userOf,
    ...ownSessions({ seesAll: ({ role }: User) => role === "reception" }),
  });
  return proxy(request);
}
