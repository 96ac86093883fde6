import { CoviuError } from "../api/errors.ts";

/**
 * Removes additions of a shared query client from the result of a query: an error that a global callback of the app threw
 * after the read, and data of another session or person than the requested one.
 */
export function withOwnResult<Data, Result extends { data: Data | undefined; error: unknown }>(
  result: Result,
  isOwn: (data: Data) => boolean = () => true,
): Result {
  // A proxy, because TanStack Query tracks which properties are read.
  return new Proxy(result, {
    get(target, key) {
      if (key === "data") {
        const { data } = target;
        return data !== undefined && isOwn(data) ? data : undefined;
      }
      if (key === "error") return CoviuError.is(target.error) ? target.error : null;
      return Reflect.get(target, key);
    },
  });
}
