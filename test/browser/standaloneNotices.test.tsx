import { render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";

import { CoviuError, FailureNotice, FrontDesk, PendingWrites } from "../../src/index.ts";
import { withCoviu } from "../render.tsx";

import "../../src/styles/index.css";

const failure = new CoviuError({ code: "server", operation: "getSessionPage", status: 500, outcome: "not-sent" });

/** Renders components after a booking that a reload has interrupted. */
async function renderAfterReload(children: React.ReactNode) {
  sessionStorage.setItem("coviu-react booking test", "2026-01-11T22:42:00.000Z");
  render(withCoviu(children));
  return screen.findByText(/^A booking started at/);
}

afterEach(() => sessionStorage.clear());

describe("the box of a notice", () => {
  it("has the text size, the padding and the border of the kit outside of FrontDesk", async () => {
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

  it("has the full width without a border in FrontDesk", async () => {
    const title = await renderAfterReload(<FrontDesk />);
    const [notice, desk] = [title.closest(".coviu-notice"), title.closest(".coviu-front-desk")];
    expect(notice?.clientWidth).toBe(desk?.clientWidth);
    expect(notice && getComputedStyle(notice).borderInlineStartWidth).toBe("0px");
  });
});
