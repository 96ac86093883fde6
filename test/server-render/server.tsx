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
  /** What a browser has and a server has not, as far as it was found. */
  globals: string[];
  screens: Record<ScreenName, Rendered>;
}

export interface Rendered {
  html: string;
  /** Codes of the errors that the stream told its host of. */
  errors: string[];
  requests: number;
  /** What was written to the console. */
  printed: string[];
  /** Calls that give another answer each time: Next.js refuses to prerender what makes one. */
  unstable: string[];
}

/** Renders every screen where there is no browser, at once or as a stream. */
export async function renderAll(way: "string" | "stream"): Promise<ServerReport> {
  return {
    react: version,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    globals: ["window", "document", "navigator", "localStorage"].filter((name) => name in globalThis),
    // One after the other: each listens to the console.
    screens: {
      desk: await rendered("desk", way),
      parts: await rendered("parts", way),
      hooks: await rendered("hooks", way),
      suspense: await rendered("suspense", way),
    },
  };
}

async function rendered(name: ScreenName, way: "string" | "stream"): Promise<Rendered> {
  const { sandbox, client, session } = await clinic();
  const errors: string[] = [];
  const printed: string[] = [];
  const onError = (error: unknown) => void errors.push(CoviuError.is(error) ? error.code : String(error));
  for (const level of ["log", "info", "warn", "error"] as const) {
    console[level] = (...words: unknown[]) => void printed.push(format(...words));
  }
  const screen = screenOf(name, client, session);
  const { unstable, restore } = recordUnstable();
  const html = way === "string" ? renderToString(screen) : await streamed(screen, onError);
  restore();
  // Whatever was put off would come now.
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
