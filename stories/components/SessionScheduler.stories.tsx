import type { Meta, StoryObj } from "@storybook/react-vite";
import type { ReactNode } from "react";
import { expect, fn, screen, userEvent } from "storybook/test";

import type { CoviuClient } from "../../src/api/client.ts";
import type { SessionUpdateRequest } from "../../src/api/requests.ts";
import { createSession, listSessions, updateSession } from "../../src/api/sessions.ts";
import { SessionScheduler } from "../../src/components/SessionScheduler/SessionScheduler.tsx";
import { SessionSchedulerDialog } from "../../src/components/SessionScheduler/SessionSchedulerDialog.tsx";
import { useSessions } from "../../src/hooks/useSessions.ts";
import type { Sandbox } from "../../src/sandbox/index.ts";
import { byText } from "../../test/byText.ts";

const meta = {
  title: "Components/SessionScheduler",
  component: SessionScheduler,
  args: { onScheduled: fn(), onDiscard: fn() },
  parameters: { frame: "narrow" },
} satisfies Meta<typeof SessionScheduler>;
export default meta;

interface Prepared {
  client: CoviuClient;
  sandbox: Sandbox;
}
type Story = StoryObj<typeof meta>;
type Canvas = Parameters<NonNullable<Story["play"]>>[0]["canvas"];

const sameChanged = changedMeanwhile("Knee rehab follow-up", {
  session_name: "Knee rehab follow-up with Dr Chen",
  start_time: "2026-01-12T03:00:00.000Z",
  end_time: "2026-01-12T03:45:00.000Z",
});
const anotherChanged = changedMeanwhile("Knee rehab follow-up", { session_name: "Knee rehab follow-up with Dr Chen" });

export const Ready: Story = {};

export const InDialog: Story = {
  // An open dialog would cover the docs page.
  tags: ["!autodocs"],
  render: (args) => <SessionSchedulerDialog {...args} open onOpenChange={fn()} />,
};

export const ThingsToFix: Story = {
  args: { defaultStart: "2026-01-11T22:15:00Z" },
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole("button", { name: "Book session" }));
    await expect(canvas.getByRole("group", { name: /to fix before booking$/ })).toHaveFocus();
  },
};

export const TimeHappensTwice: Story = { args: { defaultStart: "2026-04-04T15:30:00Z" } };

export const TimeDoesNotExist: Story = {
  args: { defaultStart: "2026-10-03T16:30:00Z" },
  play: async ({ canvas }) => {
    const start = await canvas.findByLabelText("Start");
    await userEvent.clear(start);
    await userEvent.type(start, "2:30 am");
    await expect(start).toBeInvalid();
  },
};

export const EndTyped: Story = {
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole("radio", { name: "Other" }));
    await expect(canvas.getByLabelText("End")).toHaveValue("10:45 am");
  },
};

export const EverythingOpen: Story = {
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole("button", { name: "More options" }));
    await userEvent.click(await canvas.findByRole("button", { name: "More about person 1" }));
  },
};

export const BookingAgain: Story = {
  args: {
    copyOf: {
      session_id: "story",
      session_name: "Knee rehab follow-up",
      start_time: "2026-01-05T23:00:00.000Z",
      end_time: "2026-01-05T23:45:00.000Z",
      participants: [
        { participant_id: "story-host", display_name: "Dr Amara Okafor", role: "HOST" },
        { participant_id: "story-guest", display_name: "Tāne Wihongi", role: "GUEST" },
        { participant_id: "story-observer", display_name: "Siobhán O’Neill", role: "OBSERVER" },
      ],
    },
  },
};

export const LongNames: Story = {
  play: async ({ canvas }) => {
    const name = "Phra Krung Thep Maha Nakhon Amon Rattanakosin Mahinthara Ayuthaya";
    await fillIn(canvas, name);
    await userEvent.click(await canvas.findByRole("button", { name: "Discard" }));
    await screen.findByRole("alertdialog");
  },
};

export const Booking: Story = {
  parameters: { sandbox: { faults: [{ operation: "createSession", delayMs: 3_600_000 }] }, pending: true },
  play: async ({ canvas }) => {
    await fillIn(canvas);
    await userEvent.click(await canvas.findByRole("button", { name: "Book session" }));
    await expect(await canvas.findByRole("button", { name: "Booking…" })).toHaveFocus();
  },
};

export const Booked: Story = {
  play: async ({ canvas }) => {
    await fillIn(canvas);
    await userEvent.click(await canvas.findByRole("button", { name: "Book session" }));
    await canvas.findAllByText(/^Session booked\./);
  },
};

export const Refused: Story = {
  parameters: {
    sandbox: {
      faults: [{ operation: "createSession", status: 400, body: { error: { message: "The clinic is closed then." } } }],
    },
  },
  play: async ({ canvas }) => {
    await fillIn(canvas);
    await userEvent.click(await canvas.findByRole("button", { name: "Book session" }));
    await canvas.findByRole("alert");
  },
};

/** The response was lost. The booking is checked three times before the user is asked. */
export const Checking: Story = {
  parameters: {
    sandbox: {
      faults: [
        { operation: "createSession", cut: "before-commit" },
        { operation: "getSessionPage", delayMs: 3_600_000, times: Infinity },
      ],
    },
    pending: true,
  },
  play: async ({ canvas }) => {
    await fillIn(canvas);
    await userEvent.click(await canvas.findByRole("button", { name: "Book session" }));
    await expect(await canvas.findByRole("button", { name: "Checking…" })).toHaveFocus();
  },
};

export const Unconfirmed: Story = {
  parameters: { sandbox: { faults: [{ operation: "createSession", cut: "before-commit" }] } },
  play: async ({ canvas }) => {
    await fillIn(canvas);
    await userEvent.click(await canvas.findByRole("button", { name: "Book session" }));
    await expect(await canvas.findByRole("button", { name: "Check again" }, { timeout: 20_000 })).toHaveFocus();
  },
};

export const StillUnconfirmed: Story = {
  ...Unconfirmed,
  parameters: { sandbox: { faults: [{ operation: "createSession", status: 500 }] } },
};

/** The first booking was found after the second one. */
export const Duplicate: Story = {
  parameters: {
    sandbox: {
      prepare: async ({ client }: Prepared) => {
        await createSession(client, {
          session_name: "Knee rehab follow-up",
          start_time: "2026-01-11T23:15:00.000Z",
          end_time: "2026-01-11T23:45:00.000Z",
          participants: [{ display_name: "Dr Amara Okafor", role: "HOST" }],
        });
        return {};
      },
    },
  },
  render: (args) => (
    <WithSessions>
      <SessionScheduler {...args} />
    </WithSessions>
  ),
  play: async ({ canvas }) => {
    await fillIn(canvas);
    await userEvent.click(await canvas.findByRole("button", { name: "Book session" }));
    await canvas.findByText("This session is booked twice");
  },
};

export const HostIsBusy: Story = {
  render: (args) => (
    <WithSessions>
      <SessionScheduler {...args} />
    </WithSessions>
  ),
  play: async ({ canvas }) => {
    await fillIn(canvas, "Siobhán O’Neill");
    await canvas.findByText(byText("Siobhán O’Neill already has a session then"));
  },
};

export const StartHasPassed: Story = {
  args: { defaultStart: "2026-01-11T22:15:00Z" },
  play: async ({ canvas }) => {
    await fillIn(canvas);
    await userEvent.click(await canvas.findByRole("button", { name: "Book session" }));
    await canvas.findByRole("button", { name: /^Start at/ });
  },
};

export const DiscardAsksFirst: Story = {
  play: async ({ canvas }) => {
    await fillIn(canvas);
    await userEvent.click(await canvas.findByRole("button", { name: "Discard" }));
    await screen.findByRole("alertdialog");
  },
};

export const Rescheduling: Story = {
  parameters: { sandbox: { prepare: of("Knee rehab follow-up") } },
  // An open dialog would cover the docs page.
  tags: ["!autodocs"],
  render: (args) => <SessionSchedulerDialog {...args} open onOpenChange={fn()} />,
};

/** Another user changed the name and the times as well. */
export const EditConflictSameFields: Story = {
  parameters: { sandbox: { prepare: sameChanged.prepare } },
  play: async ({ canvas }) => {
    const name = await canvas.findByLabelText("Session name");
    await sameChanged.change();
    await userEvent.type(name, " (first visit)");
    await userEvent.clear(canvas.getByLabelText("Start"));
    await userEvent.type(await canvas.findByLabelText("Start"), "1 pm");
    await userEvent.click(await canvas.findByRole("button", { name: "Move session" }));
    await expect(await canvas.findByRole("group", { name: "Someone else changed the same thing" })).toHaveFocus();
  },
};

/** Another user changed the name while this user moved the session. Both changes are saved. */
export const EditConflictOtherField: Story = {
  parameters: { sandbox: { prepare: anotherChanged.prepare } },
  play: async ({ canvas }) => {
    await canvas.findByLabelText("Session name");
    await anotherChanged.change();
    await userEvent.clear(canvas.getByLabelText("Start"));
    await userEvent.type(await canvas.findByLabelText("Start"), "1 pm");
    await userEvent.click(await canvas.findByRole("button", { name: "Move session" }));
    await canvas.findByText("Changes saved.");
    await expect(canvas.getByText(/^Someone else has changed this meanwhile/)).toBeVisible();
  },
};

/** Another user canceled the session while it was edited. */
export const CanceledMeanwhile: Story = {
  parameters: {
    sandbox: {
      prepare: of("Knee rehab follow-up"),
      faults: [{ operation: "getSessionById", after: 1, status: 404, times: Infinity }],
    },
  },
  play: async ({ canvas }) => {
    await userEvent.type(await canvas.findByLabelText("Session name"), ", second visit");
    await userEvent.click(await canvas.findByRole("button", { name: "Save changes" }));
    await canvas.findByText(/^This session can’t be changed any more/);
  },
};

export const AfterTheStart: Story = {
  parameters: { sandbox: { prepare: of("Blood pressure review") } },
};

export const AfterTheEnd: Story = {
  parameters: {
    sandbox: {
      prepare: async ({ client, sandbox }: Prepared) => {
        const args = await of("Knee rehab follow-up")({ client, sandbox });
        sandbox.clock.advance(60 * 60_000);
        return args;
      },
    },
  },
};

export const Pending: Story = {
  args: { sessionId: "00000000-0000-4000-8000-000000000000" },
  parameters: { sandbox: { latencyMs: 3_600_000 }, pending: true },
};

export const Failed: Story = { args: { sessionId: "00000000-0000-4000-8000-000000000000" } };

/** Loads sessions as another part of the screen does. */
function WithSessions({ children }: { children: ReactNode }) {
  useSessions();
  return children;
}

async function fillIn(canvas: Canvas, name = "Dr Amara Okafor") {
  await userEvent.type(await canvas.findByLabelText("Session name"), "Knee rehab follow-up");
  await userEvent.type(await canvas.findByLabelText("Name of person 1"), name);
}

/** Prepares a story with the seed's first session of this name. */
function of(name: string) {
  return async ({ client }: Prepared) => {
    const { content } = await listSessions(client, { start_time: "2026-01-11T20:00:00Z" });
    return { sessionId: content.find(({ session_name }) => session_name === name)?.session_id };
  };
}

/** Prepares a story as `of` does. `change` edits the session as another user. */
function changedMeanwhile(name: string, changes: SessionUpdateRequest) {
  let change: (() => Promise<unknown>) | undefined;
  return {
    change: () => change?.(),
    prepare: async (prepared: Prepared) => {
      const { sessionId = "" } = await of(name)(prepared);
      change = () => updateSession(prepared.client, sessionId, changes);
      return { sessionId };
    },
  };
}
