export { createAccessTokenSource } from "./createAccessTokenSource.ts";
export type { AccessTokenSource, AccessTokenSourceOptions } from "./createAccessTokenSource.ts";
