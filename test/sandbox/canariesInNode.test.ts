import { afterEach, expect, it, vi } from "vitest";

import { createCoviuClient, createSession } from "../../src/core.ts";
import { createSandbox, watchCanaries } from "../../src/sandbox/index.ts";
import { at, now } from "./connect.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

it("finds secrets in the console, requests and errors of a server", async () => {
  vi.stubGlobal("console", { error() {} });
  vi.stubGlobal("fetch", () => Promise.resolve(new Response()));
  const sandbox = createSandbox({ now, seed: "none" });
  const watch = watchCanaries(sandbox);
  const session = await createSession(createCoviuClient(sandbox), {
    start_time: at(10),
    end_time: at(40),
    participants: [{ display_name: "Quentin Canary" }],
  });
  console.error("not saved:", session);
  await fetch("https://stats.example/sessions", { method: "POST", body: JSON.stringify(session) });
  watch.inspect("the error report", new Error("no", { cause: session.participants?.[0]?.entry_url }));
  const found = (await watch.found()).map(({ kind, where }) => `${where}: ${kind}`);
  watch.stop();
  expect(found.toSorted()).toEqual([
    "POST https://stats.example/sessions, body: entry-link",
    "POST https://stats.example/sessions, body: name",
    "console.error: entry-link",
    "console.error: name",
    "the error report: entry-link",
  ]);
});
