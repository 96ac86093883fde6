import { render } from "@testing-library/react";
import userEvent, { PointerEventsCheckLevel } from "@testing-library/user-event";
import { type ReactElement, type ReactNode, StrictMode } from "react";

import { createCoviuClient } from "../src/api/client.ts";
import { CoviuProvider, type CoviuProviderProps } from "../src/provider/CoviuProvider.tsx";
import { createSandbox } from "../src/sandbox/index.ts";
import { testNow } from "./harness/testTime.ts";

export { testNow } from "./harness/testTime.ts";

export interface RenderSettings extends Partial<Omit<CoviuProviderProps, "children">> {
  sandbox?: ReturnType<typeof createSandbox>;
}

/** jsdom loads no style sheet, and checking `pointer-events: none` makes each click slow. */
const userSettings = navigator.userAgent.includes("jsdom") ? { pointerEventsCheck: PointerEventsCheckLevel.Never } : {};

/** Element inside a provider whose client connects to a sandbox, on a fixed clock, in StrictMode. */
export function withCoviu(
  children: ReactNode,
  { sandbox, client = createCoviuClient(sandbox ?? createSandbox({ now: testNow })), ...settings }: RenderSettings = {},
): ReactElement {
  return (
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
  );
}

/** Renders inside the provider of `withCoviu`, with a user for events. */
export function renderWithCoviu(
  ui: ReactElement,
  { sandbox = createSandbox({ now: testNow }), client = createCoviuClient(sandbox), ...settings }: RenderSettings = {},
) {
  const view = render(ui, { wrapper: ({ children }) => withCoviu(children, { client, ...settings }) });
  return { ...view, sandbox, client, user: userEvent.setup(userSettings) };
}
