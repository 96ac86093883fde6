import { CoviuError } from "../api/errors.ts";

/** A server never requests: the nearest boundary streams its fallback and the browser takes over. */
export function refuseOnServer(operation: string): void {
  if (typeof window === "undefined") throw new CoviuError({ code: "server_render", operation, outcome: "not-sent" });
}
