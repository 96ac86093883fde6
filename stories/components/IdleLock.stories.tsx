import type { Meta, StoryObj } from "@storybook/react-vite";
import { expect, fn, userEvent, within } from "storybook/test";

import { IdleLock } from "../../src/components/IdleLock/IdleLock.tsx";
import { SessionScheduler } from "../../src/components/SessionScheduler/SessionScheduler.tsx";
import { keepTime, skipTime } from "../docs/skipTime.ts";

const minute = 60_000;

const meta = {
  title: "Components/IdleLock",
  component: IdleLock,
  // What covers the page would cover its documentation.
  tags: ["!autodocs"],
  args: { afterMs: 10 * minute },
  render: (args) => (
    <IdleLock {...args}>
      <SessionScheduler />
    </IdleLock>
  ),
  parameters: { frame: "narrow", docs: { children: "<SessionScheduler />" } },
  beforeEach: keepTime,
} satisfies Meta<typeof IdleLock>;
export default meta;

type Story = StoryObj<typeof meta>;
type Play = Parameters<NonNullable<Story["play"]>>[0];

/** Somebody is there: nothing of it is seen. */
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

/** The sign-in is over: it stays covered. */
export const SignedOut: Story = {
  parameters: { sandbox: { faults: [{ status: 401, times: Infinity }] } },
  play: (story) => tryInVain("You’re not signed in", story),
};

export const NotConfirmed: Story = {
  parameters: { sandbox: { offline: true } },
  play: (story) => tryInVain("We couldn’t reach the service", story),
};

/** The host confirms in its own way, and could not. */
export const HostSaysNo: Story = {
  args: { onUncover: fn(() => Promise.reject(new Error("wrong PIN"))) },
  play: (story) => tryInVain("We couldn’t confirm that it’s you", story),
};

/** As if nobody had used the page for so long; gives what stands over it. */
async function idleFor(time: number, { canvas, canvasElement }: Play): Promise<HTMLElement> {
  await userEvent.type(await canvas.findByLabelText("Session name"), "Knee re");
  skipTime(time);
  return within(canvasElement.ownerDocument.body).findByRole("alertdialog", undefined, { timeout: 5000 });
}

async function tryInVain(title: string, story: Play): Promise<void> {
  const cover = within(await idleFor(10 * minute, story));
  await userEvent.click(cover.getByRole("button", { name: "Continue" }));
  await expect(await cover.findByText(title, undefined, { timeout: 15_000 })).toBeInTheDocument();
  await expect(cover.getByRole("button", { name: "Try again" })).toHaveFocus();
}
