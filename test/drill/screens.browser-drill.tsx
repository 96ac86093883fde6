import "../../src/styles/index.css";
import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { expect } from "vitest";
import { page, userEvent } from "vitest/browser";

import { createCoviuClient } from "../../src/api/client.ts";
import { FrontDesk } from "../../src/components/FrontDesk/FrontDesk.tsx";
import { createSandbox } from "../../src/sandbox/index.ts";
import { accessibilityTree } from "../harness/accessibilityTree.ts";
import { renderWithCoviu, testNow } from "../render.tsx";
import { faultRow, type Scenario } from "./faultRow.ts";

/** Texts of the live regions in the accessibility tree. */
async function liveRegions(): Promise<Record<string, string>> {
  const nodes = await accessibilityTree();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  function textOf(id: string): string {
    const node = byId.get(id);
    if (node?.role?.value === "StaticText") return String(node.name?.value ?? "");
    return (node?.childIds ?? []).map(textOf).join("");
  }
  const found: Record<string, string> = {};
  for (const { nodeId, ignored, role, properties = [] } of nodes) {
    const live = String(properties.find(({ name }) => name === "live")?.value.value);
    const isRegion = role?.value === "status" || role?.value === "generic" || role?.value === "none";
    if (!ignored && isRegion && /^(polite|assertive)$/.test(live)) found[live] = textOf(nodeId);
  }
  return found;
}

const moments = { "without a dialog": false, "behind a dialog": true };

faultRow(
  "T9",
  "a lost sign-in is announced to screen readers, also while a dialog is open",
  Object.entries(moments).map(([moment, isBehindDialog]): Scenario => ({
    name: `401 × refetch × ${moment} × Chromium’s accessibility tree`,
    async run({ holds }) {
      await page.viewport(1280, 800);
      const sandbox = createSandbox({ now: testNow, seed: 3 });
      const client = createCoviuClient(sandbox);
      renderWithCoviu(<FrontDesk />, { sandbox, client, now: () => sandbox.clock.now() });
      await screen.findByRole("button", { name: "Review 1" });
      if (isBehindDialog) {
        await userEvent.click(screen.getByRole("button", { name: "Book a session" }));
        const dialog = await screen.findByRole("dialog");
        await waitFor(() => expect(dialog.contains(document.activeElement)).toBe(true));
      } else {
        await userEvent.click(screen.getByRole("button", { name: "Review 1" }));
      }
      // A modal dialog hides the page behind it.
      expect(document.querySelector("dialog:modal") !== null).toBe(isBehindDialog);
      await waitFor(async () => expect(Object.keys(await liveRegions()).toSorted()).toEqual(["assertive", "polite"]));

      sandbox.faults.next({ status: 401, times: Infinity });
      await client.http("sessions").catch(() => undefined);
      await waitFor(async () => {
        const { assertive } = await liveRegions();
        await holds("I6", () => expect(assertive).toMatch(/^You’re not signed in\./));
      });
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(1280);
      cleanup();
      fireEvent(document, new Event("visibilitychange"));
    },
  })),
);
