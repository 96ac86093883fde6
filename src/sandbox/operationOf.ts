import { type Operation, operations } from "../api/operations.ts";

/** Finds the operation of a request by its method and path. */
export function operationOf(method: string, path: string): Operation | "token" | "unknown" {
  const address = path.replace(/^.*?\/v1\//, "");
  if (address.startsWith("auth/")) return "token";
  for (const [name, operation] of Object.entries(operations)) {
    const pattern = new RegExp(`^${operation.path.replace(/{.*?}/, "[^/]*")}$`);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `Object.entries` loses the type of the keys
    if (method === operation.method && pattern.test(address)) return name as Operation;
  }
  return "unknown";
}
