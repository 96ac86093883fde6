import { cleanup, render, screen, waitFor } from "@testing-library/react";
import { expect, vi } from "vitest";

import { createSandbox } from "../../src/sandbox/index.ts";
import { testNow } from "../render.tsx";
import { type Drill, faultRow } from "./faultRow.ts";

type Kit = typeof import("../../src/index.ts");

/** Loads two copies of the kit. */
async function loadCopies(): Promise<[Kit, Kit]> {
  const first = await import("../../src/index.ts");
  vi.resetModules();
  return [first, await import("../../src/index.ts")];
}

function message(page: () => unknown): string {
  const consoleError = vi.spyOn(console, "error").mockReturnValue();
  try {
    page();
    return "no error";
  } catch (error) {
    return String(error);
  } finally {
    consoleError.mockRestore();
    cleanup();
  }
}

function provided({ CoviuProvider, createCoviuClient }: Kit, children: React.ReactNode) {
  const client = createCoviuClient(createSandbox({ now: testNow }));
  return (
    <CoviuProvider client={client} timeZone="Australia/Sydney" locale="en-AU" now={() => new Date(testNow)}>
      {children}
    </CoviuProvider>
  );
}

const missing = "No Coviu client found. Wrap this part of the tree in <CoviuProvider client={…}>.";
const twice = `${missing} More than one copy of coviu-react is loaded.`;
const users: Record<string, (kit: Kit) => () => React.ReactNode> = {
  "a hook": (kit) => () => kit.useSessions().status,
  "a suspense hook": (kit) => () => kit.useSuspenseSessions().status,
  "a mutation hook": (kit) => () => kit.useCreateSession().status,
  useNow: (kit) => () => kit.useNow()?.toISOString(),
  FrontDesk: (kit) => () => <kit.FrontDesk />,
};

faultRow("X7", "with two copies of the kit in one bundle, the error names the cause", [
  {
    name: "one copy × no provider",
    async run({ holds }) {
      const { useSessions } = await import("../../src/index.ts");
      const Alone = () => useSessions().status;
      await holds("I4", () => expect(message(() => render(<Alone />))).toBe(`Error: ${missing}`));
    },
  },
  ...Object.entries(users).flatMap(([name, userOf]) =>
    (["the first", "the second"] as const).map((of) => ({
      name: `${name} of ${of} copy under a provider of the other`,
      async run({ holds }: Drill) {
        const [first, second] = await loadCopies();
        const User = userOf(of === "the first" ? first : second);
        const page = provided(of === "the first" ? second : first, <User />);
        await holds("I4", () => expect(message(() => render(page))).toBe(`Error: ${twice}`));
      },
    })),
  ),
  {
    name: "each copy under its own provider",
    async run({ holds }) {
      const [first, second] = await loadCopies();
      const Count = ({ kit }: { kit: Kit }) =>
        `${kit.useSessions({ page_size: 3 }).data?.content.length ?? 0} sessions`;
      render([first, second].map((kit, index) => <p key={index}>{provided(kit, <Count kit={kit} />)}</p>));
      await holds("I4", () => waitFor(() => expect(screen.getAllByText("3 sessions")).toHaveLength(2)));
    },
  },
  {
    name: "CoviuError.is recognizes an error of another copy",
    async run({ holds }) {
      const [first, second] = await loadCopies();
      const failure: unknown = await first
        .getSession(first.createCoviuClient(createSandbox()), "..")
        .catch((e: unknown) => e);
      await holds("I4", () => expect(failure).not.toBeInstanceOf(second.CoviuError));
      await holds("I4", () => expect(second.CoviuError.is(failure)).toBe(true));
    },
  },
]);
