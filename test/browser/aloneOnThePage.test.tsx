import { render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";

import {
  createCoviuClient,
  CoviuError,
  CoviuProvider,
  FailureNotice,
  FrontDesk,
  PendingWrites,
} from "../../src/index.ts";
import { createSandbox } from "../../src/sandbox/index.ts";

import "../../src/styles/index.css";

const failure = new CoviuError({ code: "server", operation: "getSessionPage", status: 500, outcome: "not-sent" });

/** Renders components on a page that has nothing else, after a booking that a reload has interrupted. */
async function renderAfterReload(children: React.ReactNode) {
  sessionStorage.setItem("coviu-react booking test", "2026-01-11T22:42:00.000Z");
  const sandbox = createSandbox({ now: "2026-01-11T22:52:00Z" });
  const client = createCoviuClient(sandbox);
  render(
    <CoviuProvider client={client} timeZone="Australia/Sydney" locale="en-AU" now={() => sandbox.clock.now()}>
      {children}
    </CoviuProvider>,
  );
  return screen.findByText(/^A booking started at/);
}

afterEach(() => sessionStorage.clear());

describe("notices alone on a page", () => {
  it("have the text size, the padding and the border of the kit", async () => {
    const title = await renderAfterReload(
      <>
        <PendingWrites />
        <FailureNotice error={failure} />
      </>,
    );
    for (const text of [title, screen.getByText("The service had a problem")]) {
      const notice = text.closest(".coviu-notice");
      expect(notice && getComputedStyle(notice)).toMatchObject({
        fontSize: "14px",
        paddingInlineStart: "16px",
        borderInlineStartWidth: "1px",
      });
    }
    expect(document.documentElement.scrollWidth).toBe(document.documentElement.clientWidth);
  });

  it("have the full width of the front desk, without a frame, when they are in it", async () => {
    const title = await renderAfterReload(<FrontDesk />);
    const [notice, desk] = [title.closest(".coviu-notice"), title.closest(".coviu-front-desk")];
    expect(notice?.clientWidth).toBe(desk?.clientWidth);
    expect(notice && getComputedStyle(notice).borderInlineStartWidth).toBe("0px");
  });
});
