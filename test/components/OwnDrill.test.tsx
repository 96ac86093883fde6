import { fireEvent, render, screen } from "@testing-library/react";
import { expect, it } from "vitest";

import { CoviuProvider, createCoviuClient, FrontDesk } from "../../src/index.ts";
import { createSandbox, watchCanaries } from "../../src/sandbox/index.ts";

// The drill of the page "Testing your screens", character by character: test/docs.test.ts compares them.
// oxfmt-ignore
it("shows the error, recovers, and leaks nothing", async () => {
  const sandbox = createSandbox({ now: "2026-01-11T22:52:00Z" });
  const watch = watchCanaries(sandbox);
  const props = { client: createCoviuClient({ ...sandbox, fetch: watch.fetch }), now: sandbox.clock.now };
  sandbox.faults.next({ operation: "getSessionPage", status: 500, times: 3, body: "Ana Lee" });
  render(<CoviuProvider {...props} timeZone="Australia/Sydney" locale="en-AU"><FrontDesk /></CoviuProvider>);
  expect(await screen.findByText("The service had a problem")).toBeVisible();
  fireEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByText("Case conference")).toBeVisible();
  expect(await watch.found()).toEqual([]);
  watch.stop();
});
