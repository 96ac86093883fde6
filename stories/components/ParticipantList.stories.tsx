import type { Meta, StoryObj } from "@storybook/react-vite";
import { userEvent, within } from "storybook/test";

import type { SandboxParameters } from "../../.storybook/withSandbox.tsx";
import { addParticipant, removeParticipant } from "../../src/api/participants.ts";
import { createSession } from "../../src/api/sessions.ts";
import { ParticipantList } from "../../src/components/ParticipantList/ParticipantList.tsx";

const people = [
  { display_name: "Ana Lee", role: "GUEST" },
  { display_name: "Dr Amara Okafor", role: "HOST", state: "user-17" },
  { display_name: "Kwame Mensah", role: "GUEST" },
];

type Prepare = NonNullable<SandboxParameters["prepare"]>;

/** A session that starts in eight minutes. */
function booked(participants: { display_name?: string; role: string; picture?: string }[]): Prepare {
  return async ({ client, sandbox }) => {
    const start = sandbox.clock.now().getTime() + 8 * 60_000;
    const session = await createSession(client, {
      session_name: "Knee rehab follow-up",
      start_time: new Date(start).toISOString(),
      end_time: new Date(start + 30 * 60_000).toISOString(),
      participants,
    });
    return { sessionId: session.session_id, session };
  };
}

const ready = booked(people);

const meta = {
  title: "Components/ParticipantList",
  component: ParticipantList,
  args: { sessionId: "" },
  parameters: { frame: "card", sandbox: { prepare: ready } },
} satisfies Meta<typeof ParticipantList>;
export default meta;

type Story = StoryObj<typeof meta>;

export const Ready: Story = {};

export const Narrow: Story = { parameters: { frame: "pane" } };

export const Empty: Story = { parameters: { sandbox: { prepare: booked([]) } } };

export const Pending: Story = {
  parameters: { pending: true, sandbox: { prepare: ready, latencyMs: 600_000 } },
};

export const Failed: Story = {
  parameters: { sandbox: { prepare: ready, faults: [{ status: 500, times: Infinity }] } },
};

export const LongNames: Story = {
  parameters: {
    sandbox: {
      prepare: booked([
        { display_name: "Prof Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh", role: "HOST" },
        {
          display_name: "Phra Krung Thep Maha Nakhon Amon Rattanakosin Mahinthara Ayuthaya Mahadilok Phop Noppharat",
          role: "GUEST",
        },
        { display_name: "محمد بن سلمان بن عبد العزيز", role: "GUEST" },
        { role: "GUEST" },
      ]),
    },
  },
};

export const AddingAPerson: Story = {
  play: async ({ canvas, canvasElement }) => {
    await userEvent.click(await canvas.findByRole("button", { name: "Add people" }));
    await within(canvasElement.ownerDocument.body).findByRole("dialog");
  },
};

export const ProblemsInTheForm: Story = {
  play: async ({ canvas, canvasElement }) => {
    await userEvent.click(await canvas.findByRole("button", { name: "Add people" }));
    const dialog = within(await within(canvasElement.ownerDocument.body).findByRole("dialog"));
    await userEvent.type(dialog.getByRole("textbox", { name: "Picture address" }), "http://example.com/me.png");
    await userEvent.click(dialog.getByRole("button", { name: "Add person" }));
  },
};

export const EditingAPerson: Story = {
  play: async ({ canvas, canvasElement }) => {
    await userEvent.click(await canvas.findByRole("button", { name: "Edit Dr Amara Okafor" }));
    await within(canvasElement.ownerDocument.body).findByRole("dialog");
  },
};

export const SaveRefused: Story = {
  parameters: {
    sandbox: {
      prepare: ready,
      faults: [
        { operation: "addSessionParticipant", status: 400, body: { error: { message: "No more than 5 people." } } },
      ],
    },
  },
  play: async ({ canvas, canvasElement }) => {
    await userEvent.click(await canvas.findByRole("button", { name: "Add people" }));
    const dialog = within(await within(canvasElement.ownerDocument.body).findByRole("dialog"));
    await userEvent.type(dialog.getByRole("textbox", { name: "Name" }), "Tāne Wihongi");
    await userEvent.click(dialog.getByRole("button", { name: "Add person" }));
    await dialog.findByRole("alert");
  },
};

/** The response was lost, and the check fails as well. The user decides, so that no person is added twice. */
export const AddingUnconfirmed: Story = {
  parameters: {
    sandbox: {
      prepare: ready,
      faults: [
        { operation: "addSessionParticipant", cut: "before-commit" },
        { operation: "getSessionParticipants", after: 1, status: 400, times: Infinity },
      ],
    },
  },
  play: async ({ canvas, canvasElement }) => {
    await userEvent.click(await canvas.findByRole("button", { name: "Add people" }));
    const dialog = within(await within(canvasElement.ownerDocument.body).findByRole("dialog"));
    await userEvent.type(dialog.getByRole("textbox", { name: "Name" }), "Tāne Wihongi");
    await userEvent.click(dialog.getByRole("button", { name: "Add person" }));
    await dialog.findByText("We couldn’t confirm this", undefined, { timeout: 20_000 });
    await userEvent.click(dialog.getByRole("button", { name: "Add person" }));
    await dialog.findByText("We couldn’t look for the person");
  },
};

/** Another user removed the person while the name was edited. */
export const AlreadyRemoved: Story = {
  parameters: {
    sandbox: {
      prepare: ready,
      faults: [
        {
          operation: "getSessionParticipants",
          after: 1,
          status: 200,
          body: { content: [], more: false },
          times: Infinity,
        },
      ],
    },
  },
  play: async ({ canvas, canvasElement }) => {
    await userEvent.click(await canvas.findByRole("button", { name: "Edit Ana Lee" }));
    const dialog = within(await within(canvasElement.ownerDocument.body).findByRole("dialog"));
    await userEvent.type(dialog.getByRole("textbox", { name: "Name" }), "-Smith");
    await userEvent.click(dialog.getByRole("button", { name: "Save changes" }));
    await dialog.findByRole("button", { name: "Add again" });
  },
};

export const RemovingAsksFirst: Story = {
  play: async ({ canvas, canvasElement }) => {
    await userEvent.click(await canvas.findByRole("button", { name: "Remove Ana Lee" }));
    await within(canvasElement.ownerDocument.body).findByRole("alertdialog");
  },
};

export const RemovedPeople: Story = {
  parameters: {
    sandbox: {
      prepare: async (story) => {
        const args = await ready(story);
        const added = await addParticipant(story.client, String(args.sessionId), { display_name: "Dev Raman" });
        await removeParticipant(story.client, added.participant_id);
        return args;
      },
    } satisfies SandboxParameters,
  },
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByText("History"));
    await canvas.findByText("Dev Raman");
  },
};

export const SessionEnded: Story = {
  parameters: {
    sandbox: {
      prepare: async (story) => {
        const args = await ready(story);
        story.sandbox.clock.advance(60 * 60_000);
        return args;
      },
    } satisfies SandboxParameters,
  },
};
