import type { Meta, StoryObj } from "@storybook/react-vite";
import { expect, fn, userEvent } from "storybook/test";

import { CoviuError } from "../../src/api/errors.ts";
import { FailureNotice } from "../../src/components/Failure/FailureNotice.tsx";

const meta = {
  title: "Components/FailureNotice",
  component: FailureNotice,
  parameters: { frame: "narrow" },
  args: {
    error: new CoviuError({ code: "server", operation: "getSessionPage", status: 500, outcome: "not-sent" }),
    onRetry: fn(),
  },
} satisfies Meta<typeof FailureNotice>;
export default meta;

type Story = StoryObj<typeof meta>;

/** A read failed and nothing can be shown. */
export const Read: Story = {
  play: async ({ args, canvas }) => {
    await userEvent.click(await canvas.findByRole("button", { name: "Try again" }));
    await expect(args.onRetry).toHaveBeenCalledOnce();
  },
};

/** The data of an earlier read stays on the screen. */
export const Stale: Story = { args: { readAt: Date.parse("2026-01-11T22:40:00Z") } };

/** A write was refused: announced at once. */
export const Write: Story = {
  args: {
    kind: "write",
    error: new CoviuError({ code: "conflict", operation: "updateSession", status: 409, outcome: "refused" }),
  },
};
