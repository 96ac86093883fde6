import { Writable } from "node:stream";
import { format } from "node:util";

import { version } from "react";
import { renderToPipeableStream, renderToString } from "react-dom/server";

import { CoviuError } from "../../src/core.ts";
import { clinic } from "./clinic.ts";
import { type ScreenName, screenOf } from "./screens.tsx";

export interface ServerReport {
  react: string;
  timeZone: string;
  /** Browser globals that exist during the rendering. */
  globals: string[];
  screens: Record<ScreenName, Rendered>;
}

export interface Rendered {
  html: string;
  /** Codes of the errors passed to `onError` of the stream. */
  errors: string[];
  requests: number;
  /** Lines written to the console. */
  printed: string[];
  /** Calls with another result each time. Next.js refuses to prerender components that make one. */
  unstable: string[];
}

/** Renders every screen without a browser, to a string or a stream. */
export async function renderAll(mode: "string" | "stream"): Promise<ServerReport> {
  return {
    react: version,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    globals: ["window", "document", "navigator", "localStorage"].filter((name) => name in globalThis),
    // One after the other, since each records the console.
    screens: {
      desk: await rendered("desk", mode),
      parts: await rendered("parts", mode),
      hooks: await rendered("hooks", mode),
      suspense: await rendered("suspense", mode),
    },
  };
}

async function rendered(name: ScreenName, mode: "string" | "stream"): Promise<Rendered> {
  const { sandbox, client, session } = await clinic();
  const errors: string[] = [];
  const printed: string[] = [];
  const onError = (error: unknown) => void errors.push(CoviuError.is(error) ? error.code : String(error));
  for (const level of ["log", "info", "warn", "error"] as const) {
    console[level] = (...args: unknown[]) => void printed.push(format(...args));
  }
  const screen = screenOf(name, client, session);
  const { unstable, restore } = recordUnstable();
  const html = mode === "string" ? renderToString(screen) : await streamed(screen, onError);
  restore();
  // Deferred errors and warnings arrive now.
  await new Promise((resolve) => setTimeout(resolve));
  return { html, errors, requests: sandbox.log.entries().length, printed, unstable };
}

/** Records reads of the clock and of random numbers, which Next.js reports as errors while it prerenders. */
function recordUnstable() {
  const unstable: string[] = [];
  const TrueDate = Date;
  const restores: (() => void)[] = [];
  function record(call: string): void {
    const caller = new Error("where").stack?.split("\n")[3]?.trim().split(" (")[0];
    unstable.push(`${call} ${caller}`);
  }
  function watch(target: object, name: string, key: string): void {
    const original = Reflect.get(target, key);
    Reflect.set(target, key, (...args: unknown[]) => {
      record(`${name}.${key}()`);
      return Reflect.apply(original, target, args);
    });
    restores.push(() => Reflect.set(target, key, original));
  }
  watch(Date, "Date", "now");
  watch(Math, "Math", "random");
  watch(crypto, "crypto", "getRandomValues");
  watch(crypto, "crypto", "randomUUID");
  globalThis.Date = new Proxy(TrueDate, {
    construct(target, args, newTarget) {
      if (args.length === 0) record("new Date()");
      return Reflect.construct(target, args, newTarget);
    },
  });
  restores.push(() => {
    globalThis.Date = TrueDate;
  });
  return { unstable, restore: () => restores.forEach((restore) => restore()) };
}

function streamed(screen: React.ReactElement, onError: (error: unknown) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    const sink = new Writable({
      write(chunk, _, done) {
        text += String(chunk);
        done();
      },
      final(done) {
        resolve(text);
        done();
      },
    });
    const stream = renderToPipeableStream(screen, {
      onError,
      onShellError: reject,
      onAllReady: () => void stream.pipe(sink),
    });
  });
}
