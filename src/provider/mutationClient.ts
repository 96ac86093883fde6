import { MutationCache, QueryClient } from "@tanstack/react-query";

type Config = MutationCache["config"];
type Callback = (...args: never[]) => unknown;

/**
 * A query client for the kit's own mutations. In the app's, a default option or a global callback of the mutation cache
 * could send a booking twice, hold it up, or show one that was made as failed. The app's global callbacks are still
 * called; nothing waits for them, and what they throw is reported.
 */
export function createMutationClient(shared: QueryClient): QueryClient {
  const forward =
    (name: keyof Config) =>
    (...args: unknown[]): void => {
      const { config } = shared.getMutationCache();
      const callback: unknown = config[name];
      if (typeof callback === "function") void run(() => Reflect.apply(callback, config, args));
    };
  const mutationCache = new MutationCache({
    onMutate: forward("onMutate"),
    onSuccess: forward("onSuccess"),
    onError: forward("onError"),
    onSettled: forward("onSettled"),
  });
  return new QueryClient({ mutationCache });
}

async function run(callback: Callback): Promise<void> {
  try {
    await callback();
  } catch (error) {
    globalThis.reportError?.(error);
  }
}
