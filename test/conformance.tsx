import { screen } from "@testing-library/react";
import { createRef, type ReactElement, type RefAttributes } from "react";
import { expect, it } from "vitest";

import { renderWithCoviu, type RenderSettings } from "./render.tsx";
import { react18 } from "./tags.ts";

/** Tests shared by all components: ref, class name and other attributes reach the root element. */
export function conforms<Root extends HTMLElement>(
  render: (
    props: RefAttributes<Root> & { className: string; id: string; title: string; "data-testid": string },
  ) => ReactElement,
  settings?: RenderSettings,
): void {
  it("passes ref, class name, id and other attributes to its root element", react18, async () => {
    const ref = createRef<Root>();
    const props = { ref, className: "app-class", id: "app-id", title: "app title", "data-testid": "root" };
    renderWithCoviu(render(props), settings);
    const root = await screen.findByTestId("root");
    expect(ref.current).toBe(root);
    expect(root).toHaveClass("coviu", "app-class");
    expect(root).toHaveAttribute("id", "app-id");
    expect(root).toHaveAttribute("title", "app title");
    expect(root).toHaveAttribute("data-state");
  });

  it("renders no undefined, NaN or invalid date", react18, async () => {
    renderWithCoviu(
      render({ ref: createRef<Root>(), className: "", id: "app-id", title: "", "data-testid": "root" }),
      settings,
    );
    expect(await screen.findByTestId("root")).not.toHaveTextContent(/undefined|null|NaN|\[object|Invalid Date/);
  });
}
