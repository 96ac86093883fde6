import { MutationCache, QueryClient } from "@tanstack/react-query";

type Config = MutationCache["config"];
type Callback = (...args: never[]) => unknown;

/**
 * Creates the query client for mutations of the kit. In the query client of the app, a default option or a global callback
 * could send a booking twice, delay it, or show a successful one as failed. Global callbacks of the app are still called.
 * The kit does not wait for them, and reports their errors.
 */
export function createMutationClient(shared: QueryClient): QueryClient {
  const forward =
    (name: keyof Config) =>
    (...args: unknown[]): void => {
      const { config } = shared.getMutationCache();
      const callback: unknown = config[name];
      if (typeof callback === "function") void runCallback(() => Reflect.apply(callback, config, args));
    };
  const mutationCache = new MutationCache({
    onMutate: forward("onMutate"),
    onSuccess: forward("onSuccess"),
    onError: forward("onError"),
    onSettled: forward("onSettled"),
  });
  return new QueryClient({ mutationCache });
}

async function runCallback(callback: Callback): Promise<void> {
  try {
    await callback();
  } catch (error) {
    globalThis.reportError?.(error);
  }
}
