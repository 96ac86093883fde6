import "../../src/styles/index.css";
import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";

import { SessionList } from "../../src/index.ts";
import { renderWithCoviu } from "../render.tsx";

const people = [{ state: "clinician-okafor", name: "Dr Amara Okafor" }];

/** Number of filters in each row. */
function rows(filters: Element): string {
  const tops = [...filters.children].map((child) => Math.round(child.getBoundingClientRect().top));
  return [...new Set(tops)].map((top) => tops.filter((other) => other === top).length).join(" + ");
}

it("shows all filters in one row, or the search above the others", async () => {
  await page.viewport(1320, 900);
  const { container } = renderWithCoviu(<SessionList people={people} />);
  await screen.findByText("Speech therapy with interpreter");
  const filters = screen.getByRole("search");
  const layoutsAt = async (widths: readonly number[]) => {
    const all = new Map<number, string>();
    for (const width of widths) {
      container.style.inlineSize = `${width}px`;
      // oxlint-disable-next-line no-await-in-loop -- Chromium lays out size containers while it paints
      for (let frame = 0; frame < 2; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
      all.set(width, rows(filters));
    }
    return [...new Set(all.values())];
  };
  expect(await layoutsAt([800, 850, 900, 1000, 1100, 1280])).toEqual(["4"]);
  expect(await layoutsAt([500, 600, 660, 700, 768])).toEqual(["1 + 3"]);

  await userEvent.selectOptions(screen.getByRole("combobox", { name: "Dates" }), "custom");
  expect(await layoutsAt([800, 900, 1000, 1100])).toEqual(["4 + 1"]);
  for (const width of [560, 700, 900, 1100]) {
    await layoutsAt([width]);
    const [first, last] = screen.getAllByRole("group").map((day) => day.getBoundingClientRect());
    expect(first?.top).toBe(last?.top);
  }
});
