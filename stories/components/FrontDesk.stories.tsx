import type { Meta, StoryObj } from "@storybook/react-vite";
import { expect, fn, userEvent, waitFor, within } from "storybook/test";

import { FrontDesk } from "../../src/components/FrontDesk/FrontDesk.tsx";

const meta = {
  title: "Components/FrontDesk",
  component: FrontDesk,
  // The page shows three states, each in a frame. A `play` there would take the focus and scroll the page.
  tags: ["!autodocs"],
  args: { joinAs: "clinician-chen" },
  parameters: { docs: { story: { inline: false, height: "680px" } } },
} satisfies Meta<typeof FrontDesk>;
export default meta;

type Story = StoryObj<typeof meta>;

/** Book, move, cancel and copy links with the sandbox in memory. */
export const Ready: Story = { tags: ["autodocs"] };

export const SessionChosen: Story = {
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole("button", { name: "Speech therapy with interpreter" }));
    await canvas.findByRole("heading", { name: /^People/ });
  },
};

export const Narrow: Story = { parameters: { frame: "pane" } };

export const NarrowSessionChosen: Story = { ...SessionChosen, parameters: { frame: "pane" } };

export const Empty: Story = { tags: ["autodocs"], parameters: { sandbox: { seed: "none" } } };

export const Pending: Story = { parameters: { sandbox: { latencyMs: 3_600_000 }, pending: true } };

export const Offline: Story = { tags: ["autodocs"], parameters: { sandbox: { offline: true } } };

/** The sign-in ended after the list was loaded. One banner, and the loaded data with its age. */
export const SignedOut: Story = {
  args: { onSignIn: fn() },
  parameters: { sandbox: { faults: [{ status: 401, after: 1, times: Infinity }] } },
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole("button", { name: "Speech therapy with interpreter" }));
    await expect(await canvas.findByText("You’re not signed in")).toBeVisible();
    await expect(await canvas.findByRole("button", { name: "Sign in" })).toBeVisible();
    await expect(canvas.getAllByRole("button", { name: "Try again" })).toHaveLength(1);
  },
};

export const NarrowSignedOut: Story = { ...SignedOut, parameters: { ...SignedOut.parameters, frame: "pane" } };

/** Signed out from the start. The views stay empty below the banner. */
export const SignedOutAtFirst: Story = {
  parameters: { sandbox: { faults: [{ status: 401, times: Infinity }] } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText("You’re not signed in")).toBeVisible();
    await expect(await canvas.findByText("Waiting for sign-in")).toBeVisible();
  },
};

/** A typed booking stays in its dialog. */
export const SignedOutWhileBooking: Story = {
  parameters: {
    sandbox: {
      faults: [{ status: 401, after: 1, times: Infinity }],
    },
  },
  play: async ({ canvas, canvasElement }) => {
    await canvas.findAllByRole("listitem");
    await userEvent.click(await canvas.findByRole("button", { name: "Book a session" }));
    const dialog = within(await within(canvasElement.ownerDocument.body).findByRole("dialog"));
    for (const name of ["Session name", "Name of person 1", "Name of person 2"]) {
      await userEvent.type(dialog.getByRole("textbox", { name }), "Ana Lee");
    }
    await userEvent.click(dialog.getByRole("button", { name: "Book session" }));
    await dialog.findByText("You’re not signed in");
    await expect(dialog.getByRole("textbox", { name: "Session name" })).toHaveValue("Ana Lee");
  },
};

/** The connection is down after several failures in a row, and is tried again automatically. */
export const Down: Story = {
  parameters: { sandbox: { faults: [{ status: 503, after: 1, times: Infinity }] } },
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole("button", { name: "Speech therapy with interpreter" }));
    await userEvent.click(await canvas.findByRole("button", { name: "Try again" }, { timeout: 10_000 }));
    await waitFor(() => expect(canvas.getByText(/^It’s not something you did/)).toBeVisible(), { timeout: 10_000 });
  },
};

export const BackAgain: Story = {
  parameters: { sandbox: { faults: [{ status: 503, after: 1, times: 5 }] } },
  play: async (story) => {
    await Down.play?.(story);
    await userEvent.click(await story.canvas.findByRole("button", { name: "Try again" }));
    await expect(await story.canvas.findByText("Connected again", undefined, { timeout: 10_000 })).toBeVisible();
  },
};

/** 429 with Retry-After. The button counts down, then works. */
export const RateLimited: Story = {
  parameters: {
    sandbox: { faults: [{ operation: "getSessionPage", status: 429, headers: { "retry-after": "45" }, body: {} }] },
  },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText(/^You can try again in \d+ s\.$/)).toBeVisible();
    await expect(canvas.getByRole("button", { name: "Try again" })).toHaveAttribute("aria-disabled", "true");
  },
};

/** A server with the observed dialect of the API. */
export const ObservedDialect: Story = { parameters: { sandbox: { dialect: "observed" } } };
