import type { Meta, StoryObj } from "@storybook/react-vite";
import { useState } from "react";
import { fn, userEvent } from "storybook/test";

import { PendingWrites, type PendingWritesProps } from "../../src/components/PendingWrites/PendingWrites.tsx";
import { SessionScheduler } from "../../src/components/SessionScheduler/SessionScheduler.tsx";

const meta = {
  title: "Components/PendingWrites",
  component: PendingWrites,
  args: { onShow: fn() },
  parameters: { frame: "narrow" },
} satisfies Meta<typeof PendingWrites>;
export default meta;

type Story = StoryObj<typeof meta>;
type Canvas = Parameters<NonNullable<Story["play"]>>[0]["canvas"];

/** A reload interrupted a booking. Only a random id and the minute are stored. */
export const AfterAReload: Story = {
  beforeEach: cutOff,
  play: async ({ canvas }) => {
    await canvas.findByText(/^A booking started at/);
  },
};

/** Two pending writes with long names. */
export const LongNames: Story = {
  parameters: { sandbox: { faults: [{ operation: "createSession", cut: "before-commit" }] } },
  beforeEach: cutOff,
  render: (args) => <Left {...args} />,
  play: ({ canvas }) =>
    bookAndClose(
      canvas,
      "We couldn’t confirm this",
      "Multidisciplinary discharge planning meeting with community nursing and Wolfeschlegelsteinhausenbergerdorff",
    ),
};

/** The form was closed while the booking was pending. */
export const StillOnItsWay: Story = {
  parameters: { sandbox: { faults: [{ operation: "createSession", delayMs: 3_600_000 }] }, pending: true },
  render: (args) => <Left {...args} />,
  play: ({ canvas }) => bookAndClose(canvas, "Still on its way"),
};

export const Booked: Story = {
  parameters: { sandbox: { faults: [{ operation: "createSession", delayMs: 500 }] } },
  render: (args) => <Left {...args} />,
  play: ({ canvas }) => bookAndClose(canvas, "Done"),
};

export const Refused: Story = {
  parameters: {
    sandbox: {
      faults: [
        {
          operation: "createSession",
          delayMs: 500,
          status: 400,
          body: { error: { message: "The clinic is closed then." } },
        },
      ],
    },
  },
  render: (args) => <Left {...args} />,
  play: ({ canvas }) => bookAndClose(canvas, "This was not done"),
};

export const NotConfirmed: Story = {
  parameters: { sandbox: { faults: [{ operation: "createSession", cut: "before-commit" }] } },
  render: (args) => <Left {...args} />,
  play: ({ canvas }) => bookAndClose(canvas, "We couldn’t confirm this"),
};

function cutOff() {
  sessionStorage.setItem("coviu-react booking story", "2026-01-11T22:42:00.000Z");
  return () => sessionStorage.clear();
}

function Left(props: PendingWritesProps) {
  const [isOpen, setOpen] = useState(true);
  return (
    <>
      <PendingWrites {...props} />
      {isOpen && <SessionScheduler />}
      {isOpen && (
        <button type="button" onClick={() => setOpen(false)}>
          Leave the form
        </button>
      )}
    </>
  );
}

async function bookAndClose(canvas: Canvas, expectedText: string, name = "Knee rehab follow-up"): Promise<void> {
  await userEvent.type(await canvas.findByLabelText("Session name"), name);
  await userEvent.type(await canvas.findByLabelText("Name of person 1"), "Dr Amara Okafor");
  await userEvent.click(await canvas.findByRole("button", { name: "Book session" }));
  await userEvent.click(await canvas.findByRole("button", { name: "Leave the form" }));
  await canvas.findByText(expectedText, {}, { timeout: 20_000 });
}
