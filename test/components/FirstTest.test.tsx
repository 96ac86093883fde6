import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";

import { CoviuProvider, createCoviuClient, FrontDesk } from "../../src/index.ts";
import { createSandbox } from "../../src/sandbox/index.ts";

// The README's first test, to the letter; another test compares the two.
// oxfmt-ignore
it("shows the next session", async () => {
  const sandbox = createSandbox({ now: "2026-01-11T22:52:00Z" });
  const props = { client: createCoviuClient(sandbox), now: sandbox.clock.now, timeZone: "Australia/Sydney", locale: "en-AU" };
  render(<CoviuProvider {...props}><FrontDesk /></CoviuProvider>);
  expect(await screen.findByText("Case conference")).toBeVisible();
});
