import { CoviuError } from "../api/errors.ts";
import { withTimeout } from "../api/withTimeout.ts";

/** The user waits at most 35 s for the refetch and the write that follows. */
const timeoutMs = 8000;

/**
 * Reads a record again before it is changed, so that changes of other users are seen.
 *
 * @throws CoviuError if it can't be read. Nothing was changed.
 */
export async function refetchOrThrow<Data>(query: {
  refetch: () => Promise<{ data: Data | undefined; error: unknown }>;
}): Promise<Data> {
  const { data, error } = await withTimeout(timeoutMs, [], () => query.refetch()).catch(() => ({
    data: undefined,
    error: undefined,
  }));
  // Any other error comes from a callback of the app, after the read.
  if (data !== undefined && !CoviuError.is(error)) return data;
  throw CoviuError.is(error)
    ? error
    : new CoviuError({ code: "timeout", operation: "refetchOrThrow", outcome: "not-sent" });
}
