import { render } from "@testing-library/react";
import userEvent, { PointerEventsCheckLevel } from "@testing-library/user-event";
import { type ReactElement, StrictMode } from "react";

import { createCoviuClient } from "../src/api/client.ts";
import { CoviuProvider, type CoviuProviderProps } from "../src/provider/CoviuProvider.tsx";
import { createSandbox } from "../src/sandbox/index.ts";

/** Monday 12 January 2026, 9:52 am in Sydney. */
export const testNow = "2026-01-11T22:52:00Z";

export interface RenderSettings extends Partial<Omit<CoviuProviderProps, "children">> {
  sandbox?: ReturnType<typeof createSandbox>;
}

/** jsdom loads no style sheet, and spends much of a click on the search for `pointer-events: none`. */
const userSettings = navigator.userAgent.includes("jsdom") ? { pointerEventsCheck: PointerEventsCheckLevel.Never } : {};

/** Renders inside a provider whose client speaks to a sandbox, on a fixed clock, in StrictMode. */
export function renderWithCoviu(
  ui: ReactElement,
  { sandbox = createSandbox({ now: testNow }), client = createCoviuClient(sandbox), ...settings }: RenderSettings = {},
) {
  const view = render(ui, {
    wrapper: ({ children }) => (
      <StrictMode>
        <CoviuProvider
          client={client}
          timeZone="Australia/Sydney"
          locale="en-AU"
          now={() => new Date(testNow)}
          {...settings}
        >
          {children}
        </CoviuProvider>
      </StrictMode>
    ),
  });
  return { ...view, sandbox, client, user: userEvent.setup(userSettings) };
}
