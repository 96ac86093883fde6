import { textOf } from "./decoding.ts";
import type { Observe, Watcher } from "./observation.ts";
import { attempt, wrap } from "./wrap.ts";

/** Observes the console and uncaught errors. */
export function watchConsoleAndErrors(observe: Observe): Watcher {
  const undo = Object.keys(console).map((name) =>
    wrap(console, name, (args) => observe({ channel: "console", where: `console.${name}`, text: textOf(args) })),
  );
  const observeError = (where: string, error: unknown) =>
    attempt(() => observe({ channel: "error", where, text: textOf(error) }));
  const onError = ({ type, error, message, filename }: ErrorEvent) => observeError(type, [error, message, filename]);
  const onRejection = ({ type, reason }: PromiseRejectionEvent) => observeError(type, reason);
  const onRejected = (reason: unknown) => observeError("unhandledrejection", reason);
  const onUncaught = (error: unknown) => observeError("error", error);

  if (typeof window !== "undefined") {
    window.addEventListener("error", onError);
    window.addEventListener("unhandledrejection", onRejection);
  }
  const node: unknown = Reflect.get(globalThis, "process");
  if (isProcess(node)) {
    // A listener for `unhandledRejection` would keep the process alive. It is added only if another listener exists.
    node.on("uncaughtExceptionMonitor", onUncaught);
    if (node.listenerCount("unhandledRejection")) node.on("unhandledRejection", onRejected);
  }
  return {
    stop() {
      for (const restore of undo) restore();
      if (typeof window !== "undefined") {
        window.removeEventListener("error", onError);
        window.removeEventListener("unhandledrejection", onRejection);
      }
      if (isProcess(node)) {
        node.off("uncaughtExceptionMonitor", onUncaught);
        node.off("unhandledRejection", onRejected);
      }
    },
  };
}

interface Process {
  on(event: string, listener: (error: unknown) => void): void;
  off(event: string, listener: (error: unknown) => void): void;
  listenerCount(event: string): number;
}

function isProcess(value: unknown): value is Process {
  return typeof value === "object" && value !== null && "on" in value && "off" in value && "listenerCount" in value;
}
