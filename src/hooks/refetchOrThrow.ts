import { CoviuError } from "../api/errors.ts";
import { withTimeout } from "../api/withTimeout.ts";

/** A person waits for it, and for the write that follows: 35 seconds for both. */
const longest = 8000;

/**
 * Reads once more before something is changed, so that what someone else has done meanwhile is seen.
 *
 * @throws CoviuError if it can't be read. Nothing has been changed by then.
 */
export async function refetchOrThrow<Data>(query: {
  refetch: () => Promise<{ data: Data | undefined; error: unknown }>;
}): Promise<Data> {
  const { data, error } = await withTimeout(longest, [], () => query.refetch()).catch(() => ({
    data: undefined,
    error: undefined,
  }));
  // Another error is one of the app's own callbacks, after the read.
  if (data !== undefined && !CoviuError.is(error)) return data;
  throw CoviuError.is(error)
    ? error
    : new CoviuError({ code: "timeout", operation: "refetchOrThrow", outcome: "not-sent" });
}
