import { CoviuError } from "../api/errors.ts";
import { withTimeout } from "../api/withTimeout.ts";

/** Timeout in ms. The refetch and the write that follows take at most 35 s together. */
const timeoutMs = 8000;

/**
 * Reads a record again before it is changed, to detect changes of other users.
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
  // An error that is no `CoviuError` comes from a callback of the app, after a successful read.
  if (data !== undefined && !CoviuError.is(error)) return data;
  throw CoviuError.is(error)
    ? error
    : new CoviuError({ code: "timeout", operation: "refetchOrThrow", outcome: "not-sent" });
}
