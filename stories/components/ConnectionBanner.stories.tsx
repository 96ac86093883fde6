import type { Meta, StoryObj } from "@storybook/react-vite";
import { expect, fn, userEvent } from "storybook/test";

import { ConnectionBanner } from "../../src/components/ConnectionBanner/ConnectionBanner.tsx";
import { SessionList } from "../../src/components/SessionList/SessionList.tsx";

const meta = {
  title: "Components/ConnectionBanner",
  component: ConnectionBanner,
  decorators: [
    (Story) => (
      <div className="coviu coviu-stack" data-gap="wide">
        <Story />
        <SessionList />
      </div>
    ),
  ],
} satisfies Meta<typeof ConnectionBanner>;
export default meta;

type Story = StoryObj<typeof meta>;

/** With a connection, it renders nothing. */
export const Up: Story = {};

export const SignedOut: Story = {
  parameters: { sandbox: { faults: [{ status: 401, times: Infinity }] } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText("You’re not signed in")).toBeVisible();
    await expect(await canvas.findByText("Waiting for sign-in")).toBeVisible();
  },
};

/** With a button for the app’s sign-in. */
export const WithSignIn: Story = { ...SignedOut, args: { onSignIn: fn() } };

export const SignedInAgain: Story = {
  parameters: { sandbox: { faults: [{ status: 401, times: 3 }] } },
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole("button", { name: "Try again" }));
    await expect(await canvas.findByText("You’re signed in")).toBeVisible();
    await expect((await canvas.findAllByRole("listitem")).length).toBeGreaterThan(0);
  },
};

export const Down: Story = {
  parameters: { sandbox: { offline: true } },
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole("button", { name: "Try again" }, { timeout: 10_000 }));
    await expect(await canvas.findByText("Waiting for the service", undefined, { timeout: 10_000 })).toBeVisible();
  },
};
