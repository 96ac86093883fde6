import { screen } from "@testing-library/react";
import { createRef, type ReactElement, type RefAttributes } from "react";
import { expect, it } from "vitest";

import { renderWithCoviu, type RenderSettings } from "./render.tsx";
import { react18 } from "./tags.ts";

/** What every component promises its host: ref, class name and other attributes reach the root element. */
export function conforms<Root extends HTMLElement>(
  render: (
    props: RefAttributes<Root> & { className: string; id: string; title: string; "data-testid": string },
  ) => ReactElement,
  settings?: RenderSettings,
): void {
  it("gives ref, class name, id and other attributes to its root", react18, async () => {
    const ref = createRef<Root>();
    const props = { ref, className: "of-the-host", id: "host-id", title: "of the host", "data-testid": "root" };
    renderWithCoviu(render(props), settings);
    const root = await screen.findByTestId("root");
    expect(ref.current).toBe(root);
    expect(root).toHaveClass("coviu", "of-the-host");
    expect(root).toHaveAttribute("id", "host-id");
    expect(root).toHaveAttribute("title", "of the host");
    expect(root).toHaveAttribute("data-state");
  });

  it("shows no unfinished text", react18, async () => {
    renderWithCoviu(
      render({ ref: createRef<Root>(), className: "", id: "host-id", title: "", "data-testid": "root" }),
      settings,
    );
    expect(await screen.findByTestId("root")).not.toHaveTextContent(/undefined|null|NaN|\[object|Invalid Date/);
  });
}
