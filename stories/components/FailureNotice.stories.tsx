import type { Meta, StoryObj } from "@storybook/react-vite";
import { expect, fn, userEvent } from "storybook/test";

import { CoviuError } from "../../src/api/errors.ts";
import { FailureNotice } from "../../src/components/Failure/FailureNotice.tsx";

const failed = new CoviuError({ code: "server", operation: "getSessionPage", status: 500, outcome: "not-sent" });
const refused = new CoviuError({ code: "conflict", operation: "updateSession", status: 409, outcome: "refused" });

const meta = {
  title: "Components/FailureNotice",
  component: FailureNotice,
  parameters: {
    frame: "narrow",
    docs: code("<FailureNotice error={error} onRetry={() => void refetch()} />"),
  },
  // An error in the args could not be cloned by Storybook.
  args: { error: undefined, onRetry: fn() },
  argTypes: { error: { control: false } },
  render: (args) => <FailureNotice {...args} error={args.kind === "write" ? refused : failed} />,
} satisfies Meta<typeof FailureNotice>;
export default meta;

type Story = StoryObj<typeof meta>;

/** A read failed and there is no data. */
export const Read: Story = {
  play: async ({ args, canvas }) => {
    await userEvent.click(await canvas.findByRole("button", { name: "Try again" }));
    await expect(args.onRetry).toHaveBeenCalledOnce();
  },
};

/** The data of an earlier read stays on the screen. */
export const Stale: Story = {
  args: { readAt: Date.now() - 12 * 60_000 },
  parameters: {
    docs: code("<FailureNotice error={error} readAt={dataUpdatedAt} onRetry={() => void refetch()} />"),
  },
};

/** A write was refused: announced at once. */
export const Write: Story = {
  args: { kind: "write" },
  parameters: { docs: code('<FailureNotice error={error} kind="write" />') },
};

function code(text: string) {
  return { source: { code: text } };
}
