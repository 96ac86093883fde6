import { CoviuError } from "../api/errors.ts";

/**
 * The result of a query without what a shared query client may put into it: an error that one of the app's global
 * callbacks threw after the read, and data about another session or person than was asked for.
 */
export function withOwnResult<Data, Result extends { data: Data | undefined; error: unknown }>(
  result: Result,
  isOwn: (data: Data) => boolean = () => true,
): Result {
  // A proxy, since TanStack tracks which properties are read.
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
