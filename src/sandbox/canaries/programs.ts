import type { Lookout, See } from "./sighting.ts";
import { textOf } from "./text.ts";
import { attempt, wrap } from "./wrap.ts";

/** What the program prints, and what it throws without anybody catching it. */
export function watchPrograms(see: See): Lookout {
  const undo = Object.keys(console).map((name) =>
    wrap(console, name, (args) => see({ channel: "console", where: `console.${name}`, text: textOf(args) })),
  );
  const thrown = (where: string, error: unknown) =>
    attempt(() => see({ channel: "error", where, text: textOf(error) }));
  const onError = ({ type, error, message, filename }: ErrorEvent) => thrown(type, [error, message, filename]);
  const onRejection = ({ type, reason }: PromiseRejectionEvent) => thrown(type, reason);
  const onRejected = (reason: unknown) => thrown("unhandledrejection", reason);
  const onUncaught = (error: unknown) => thrown("error", error);

  if (typeof window !== "undefined") {
    window.addEventListener("error", onError);
    window.addEventListener("unhandledrejection", onRejection);
  }
  const node: unknown = Reflect.get(globalThis, "process");
  if (isProcess(node)) {
    // A listener would keep a process alive that should end; this one only looks, unless a test runner listens anyway.
    node.on("uncaughtExceptionMonitor", onUncaught);
    if (node.listenerCount("unhandledRejection")) node.on("unhandledRejection", onRejected);
  }
  return {
    stop() {
      for (const end of undo) end();
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
