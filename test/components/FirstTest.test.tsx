import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";

import { CoviuProvider, createCoviuClient, FrontDesk } from "../../src/index.ts";
import { createSandbox } from "../../src/sandbox/index.ts";

// The first test of the page "Testing your screens", character by character: test/docs.test.ts compares them.
// oxfmt-ignore
it("shows the next session", async () => {
  const sandbox = createSandbox({ now: "2026-01-11T22:52:00Z" });
  const props = { client: createCoviuClient(sandbox), now: sandbox.clock.now, timeZone: "Australia/Sydney", locale: "en-AU" };
  render(<CoviuProvider {...props}><FrontDesk /></CoviuProvider>);
  expect(await screen.findByText("Case conference")).toBeVisible();
});
