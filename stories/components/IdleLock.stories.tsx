import type { Meta, StoryObj } from "@storybook/react-vite";
import { expect, fn, userEvent, within } from "storybook/test";

import { IdleLock } from "../../src/components/IdleLock/IdleLock.tsx";
import { SessionScheduler } from "../../src/components/SessionScheduler/SessionScheduler.tsx";
import { saveClock, skipTime } from "../docs/skipTime.ts";

const minute = 60_000;

const meta = {
  title: "Components/IdleLock",
  component: IdleLock,
  // The cover would hide the docs page.
  tags: ["!autodocs"],
  args: { afterMs: 10 * minute },
  render: (args) => (
    <IdleLock {...args}>
      <SessionScheduler />
    </IdleLock>
  ),
  parameters: { frame: "narrow", docs: { children: "<SessionScheduler />" } },
  beforeEach: saveClock,
} satisfies Meta<typeof IdleLock>;
export default meta;

type Story = StoryObj<typeof meta>;
type Play = Parameters<NonNullable<Story["play"]>>[0];

/** While the page is used, the lock renders nothing. */
export const Open: Story = { tags: ["autodocs"] };

export const Warned: Story = {
  play: async (story) => {
    await expect(await idleFor(9.25 * minute, story)).toHaveAccessibleName("Are you still there?");
  },
};

export const Covered: Story = {
  play: async (story) => {
    await expect(await idleFor(10 * minute, story)).toHaveAccessibleName("This page is covered");
  },
};

/** The sign-in has ended. The page stays covered. */
export const SignedOut: Story = {
  parameters: { sandbox: { faults: [{ status: 401, times: Infinity }] } },
  play: (story) => failToUncover("You’re not signed in", story),
};

export const NotConfirmed: Story = {
  parameters: { sandbox: { offline: true } },
  play: (story) => failToUncover("We couldn’t reach the service", story),
};

/** `onUncover` of the app rejects. */
export const UncoverRejected: Story = {
  args: { onUncover: fn(() => Promise.reject(new Error("wrong PIN"))) },
  play: (story) => failToUncover("We couldn’t confirm that it’s you", story),
};

/** Makes the page idle for this time in ms, and returns the dialog. */
async function idleFor(timeMs: number, { canvas, canvasElement }: Play): Promise<HTMLElement> {
  await userEvent.type(await canvas.findByLabelText("Session name"), "Knee re");
  skipTime(timeMs);
  return within(canvasElement.ownerDocument.body).findByRole("alertdialog", undefined, { timeout: 5000 });
}

async function failToUncover(title: string, story: Play): Promise<void> {
  const cover = within(await idleFor(10 * minute, story));
  await userEvent.click(cover.getByRole("button", { name: "Continue" }));
  await expect(await cover.findByText(title, undefined, { timeout: 15_000 })).toBeInTheDocument();
  await expect(cover.getByRole("button", { name: "Try again" })).toHaveFocus();
}
