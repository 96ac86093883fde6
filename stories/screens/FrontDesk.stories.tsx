import type { Meta, StoryObj } from "@storybook/react-vite";
import { userEvent } from "storybook/test";

import { FrontDesk } from "../../src/components/FrontDesk/FrontDesk.tsx";

const meta = {
  title: "Screens/FrontDesk",
  component: FrontDesk,
  // Without a page of documentation in front of it, the screen is what opens first.
  tags: ["!autodocs"],
  args: { joinAs: "clinician-chen" },
} satisfies Meta<typeof FrontDesk>;
export default meta;

type Story = StoryObj<typeof meta>;

/** Book, move, cancel, copy links: everything works, in memory. */
export const Ready: Story = {};

export const SessionChosen: Story = {
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole("button", { name: "Speech therapy with interpreter" }));
    await canvas.findByRole("heading", { name: /^People/ });
  },
};

export const Narrow: Story = { parameters: { frame: "pane" } };

export const NarrowSessionChosen: Story = { ...SessionChosen, parameters: { frame: "pane" } };

export const Empty: Story = { parameters: { sandbox: { seed: "none" } } };

export const Pending: Story = { parameters: { sandbox: { latency: 3_600_000 }, pending: true } };

export const Offline: Story = { parameters: { sandbox: { offline: true } } };

/** A server that speaks the other dialect seen in the wild. */
export const ObservedDialect: Story = { parameters: { sandbox: { dialect: "observed" } } };
