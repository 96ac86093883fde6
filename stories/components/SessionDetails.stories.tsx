import type { Meta, StoryObj } from "@storybook/react-vite";
import { expect, fn, userEvent, within } from "storybook/test";

import type { CoviuClient } from "../../src/api/client.ts";
import { cancelSession, createSession, listSessions } from "../../src/api/sessions.ts";
import { SessionDetails, type SessionDetailsProps } from "../../src/components/SessionDetails/SessionDetails.tsx";
import { useSessions } from "../../src/hooks/useSessions.ts";
import { useCoviu } from "../../src/provider/CoviuProvider.tsx";
import type { Sandbox } from "../../src/sandbox/index.ts";
import { byText } from "../../test/byText.ts";

interface Prepared {
  client: CoviuClient;
}

/** Prepares a story with the seed's first session of this name. */
function of(name: string) {
  return async ({ client }: Prepared) => {
    const { content } = await listSessions(client, { order: "forward", start_time: "2026-01-11T20:00:00Z" });
    return { sessionId: content.find(({ session_name }) => session_name === name)?.session_id };
  };
}

const meta = {
  title: "Components/SessionDetails",
  component: SessionDetails,
  parameters: { frame: "pane", sandbox: { prepare: of("Knee rehab follow-up") } },
  args: { sessionId: "", onBookAgain: fn(), onCanceled: fn() },
} satisfies Meta<typeof SessionDetails>;
export default meta;

type Story = StoryObj<typeof meta>;

const overwritten = {
  session_name: "Knee rehab, home visit",
  start_time: "2026-01-11T23:00:00.000Z",
  end_time: "2026-01-11T23:30:00.000Z",
};

function WithList(props: SessionDetailsProps) {
  useSessions();
  return <SessionDetails {...props} />;
}

export const Scheduled: Story = {};

/** The user is the host. *Join* shows from when it works. */
export const NotYetJoinable: Story = { args: { joinAs: "clinician-chen" } };

export const Active: Story = {
  args: { joinAs: "clinician-okafor" },
  parameters: { sandbox: { prepare: of("Blood pressure review") } },
};

export const Ended: Story = {
  parameters: {
    sandbox: {
      prepare: async ({ client, sandbox }: Prepared & { sandbox: { clock: { advance(time: number): void } } }) => {
        const args = await of("Knee rehab follow-up")({ client });
        sandbox.clock.advance(60 * 60_000);
        return args;
      },
    },
  },
};

/** The story cancels the session, since a canceled session can't be read. */
export const Canceled: Story = {
  play: async ({ canvas, canvasElement }) => {
    await userEvent.click(await canvas.findByRole("button", { name: "Cancel session" }));
    const dialog = await within(canvasElement.ownerDocument.body).findByRole("alertdialog");
    await userEvent.click(within(dialog).getByRole("button", { name: /^Cancel 1/ }));
    await canvas.findByText("Canceled");
  },
};

export const AsksBeforeCanceling: Story = {
  play: async ({ canvas, canvasElement }) => {
    await userEvent.click(await canvas.findByRole("button", { name: "Cancel session" }));
    await within(canvasElement.ownerDocument.body).findByRole("alertdialog");
  },
};

export const CancelRefused: Story = {
  parameters: {
    sandbox: {
      faults: [
        { operation: "deleteSession", status: 400, body: { error: { message: "The session has already started." } } },
      ],
    },
  },
  play: async ({ canvas, canvasElement }) => {
    await userEvent.click(await canvas.findByRole("button", { name: "Cancel session" }));
    const dialog = await within(canvasElement.ownerDocument.body).findByRole("alertdialog");
    await userEvent.click(within(dialog).getByRole("button", { name: /^Cancel 1/ }));
    await within(dialog).findByRole("alert");
  },
};

export const Pending: Story = { parameters: { sandbox: { latencyMs: 3_600_000 }, pending: true } };

export const Failed: Story = {
  parameters: { sandbox: { faults: [{ operation: "getSessionById", status: 500, times: Infinity }] } },
};

/** No *Try again*, since it would not help. */
export const Forbidden: Story = {
  parameters: { sandbox: { faults: [{ operation: "getSessionById", status: 403, times: Infinity }] } },
};

/** With a button of the app that refetches everything. */
function Refreshable(props: SessionDetailsProps) {
  const { queryClient } = useCoviu();
  return (
    <>
      <SessionDetails {...props} />
      <div className="coviu coviu-section">
        <button className="coviu-button" type="button" onClick={() => void queryClient.refetchQueries()}>
          Read again
        </button>
      </div>
    </>
  );
}

/** A refetch failed. The data of the earlier read is shown with its age. */
export const Stale: Story = {
  parameters: {
    sandbox: {
      ...meta.parameters.sandbox,
      faults: [
        { operation: "getSessionById", status: 503, after: 1, times: Infinity },
        { operation: "getSessionParticipants", status: 403, times: Infinity },
      ],
    },
  },
  render: (args) => <Refreshable {...args} />,
  play: async ({ canvas }) => {
    await canvas.findByRole("button", { name: "Copy link for Tāne Wihongi" });
    await userEvent.click(await canvas.findByRole("button", { name: "Read again" }));
    await canvas.findByRole("button", { name: "Try again" }, { timeout: 10_000 });
    await expect(canvas.getAllByText(byText(/^Last updated just now, at /))).toHaveLength(2);
  },
};

/** Another user canceled the session in the meantime. */
export const Gone: Story = {
  parameters: {
    sandbox: {
      prepare: async ({ client }: Prepared) => {
        const { sessionId = "" } = await of("Knee rehab follow-up")({ client });
        await cancelSession(client, sessionId);
        return { sessionId };
      },
    },
  },
};

/** Another session of the same name, time and people is in a loaded list. */
export const Duplicate: Story = {
  parameters: {
    sandbox: {
      prepare: async ({ client }: Prepared) => {
        const booking = {
          session_name: "Knee rehab follow-up",
          start_time: "2026-01-11T23:15:00.000Z",
          end_time: "2026-01-11T23:45:00.000Z",
          participants: [{ display_name: "Dr Amara Okafor", role: "HOST" }, { display_name: "Tāne Wihongi" }],
        };
        await createSession(client, booking);
        const { session_id } = await createSession(client, booking);
        return { sessionId: session_id };
      },
    },
  },
  render: (args) => <WithList {...args} />,
  play: async ({ canvas }) => {
    await canvas.findByText("This session is booked twice");
  },
};

/** Another user overwrote a change of this user. */
export const WrittenOver: Story = {
  parameters: {
    sandbox: {
      prepare: async (prepared: Prepared & { sandbox: Pick<Sandbox, "faults"> }) => {
        const { sessionId } = await of("Knee rehab follow-up")(prepared);
        const body = { ...overwritten, session_id: sessionId };
        prepared.sandbox.faults.next({ operation: "getSessionById", after: 2, status: 200, body });
        return { sessionId };
      },
    },
  },
  play: async ({ canvas, canvasElement }) => {
    await userEvent.click(await canvas.findByRole("button", { name: "Reschedule" }));
    const dialog = within(await within(canvasElement.ownerDocument.body).findByRole("dialog"));
    await userEvent.type(await dialog.findByLabelText("Session name"), ", second visit");
    await userEvent.click(dialog.getByRole("button", { name: "Save changes" }));
    await canvas.findByText("Someone else has changed this after you", {}, { timeout: 20_000 });
  },
};

export const LongNames: Story = {
  parameters: {
    sandbox: {
      prepare: async ({ client }: Prepared) => {
        const { session_id } = await createSession(client, {
          session_name:
            "Multidisciplinary discharge planning meeting with community nursing and the family’s chosen support people",
          start_time: "2026-04-04T12:30:00Z",
          end_time: "2026-04-04T14:30:00Z",
          feature_flags: ["-plugin;chat", "customisation;return-label;Back to Banksia Street Clinic"],
          participants: [
            { display_name: "Assoc Prof Maximiliana Featherstonehaugh-Okonkwo", role: "HOST" },
            { display_name: "Wolfeschlegelsteinhausenbergerdorff-Venkatanarasimharajuvaripeta" },
          ],
        });
        return { sessionId: session_id };
      },
    },
  },
};
