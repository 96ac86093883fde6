import type { Meta, StoryObj } from "@storybook/react-vite";
import { useState } from "react";
import { expect, userEvent, within } from "storybook/test";

import { createCoviuClient } from "../../src/api/client.ts";
import { EntryLink, type EntryLinkProps } from "../../src/components/EntryLink/EntryLink.tsx";
import { CoviuProvider, useCoviu } from "../../src/provider/CoviuProvider.tsx";

const entry_url = "https://coviu.com/session/7c1e9a52-0b4d-4f1a-9d63-2f8a5b7e40c1";

const meta = {
  title: "Components/EntryLink",
  component: EntryLink,
  parameters: { frame: "narrow" },
  args: {
    participant: { participant_id: "story-guest", display_name: "Tāne Wihongi", role: "GUEST", entry_url },
  },
} satisfies Meta<typeof EntryLink>;
export default meta;

type Story = StoryObj<typeof meta>;

export const Hidden: Story = {};

export const Shown: Story = {
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole("button", { name: /^Show link/ }));
  },
};

export const Copied: Story = {
  parameters: { clipboard: "works" },
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole("button", { name: /^Copy link/ }));
    await canvas.findByText(/copied$/);
  },
};

export const ClipboardRefused: Story = {
  parameters: { clipboard: "refuses" },
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole("button", { name: /^Copy link/ }));
    await expect(await canvas.findByText(/allow copying/)).toBeVisible();
    await expect(canvas.queryByRole("textbox")).toBeNull();
    await userEvent.click(canvas.getByRole("button", { name: /^Show link/ }));
    await canvas.findByRole("textbox");
  },
};

export const HostLink: Story = {
  args: {
    participant: { participant_id: "story-host", display_name: "Dr Amara Okafor", role: "HOST", entry_url },
    guestNames: ["Ana Lee", "Kwame Mensah"],
  },
};

export const HostLinkAsksFirst: Story = {
  ...HostLink,
  play: async ({ canvas, canvasElement }) => {
    await userEvent.click(await canvas.findByRole("button", { name: /^Copy host link/ }));
    await within(canvasElement.ownerDocument.body).findByRole("alertdialog");
  },
};

/** The story's session runs at the clock of the toolbar: 9:30 to 10:30 am. */
export const Joinable: Story = {
  args: { session: { start_time: "2026-01-11T22:30:00.000Z", end_time: "2026-01-11T23:30:00.000Z" } },
};

export const BeforeTheStart: Story = {
  args: { session: { start_time: "2026-01-11T23:00:00.000Z", end_time: "2026-01-11T23:30:00.000Z" } },
};

export const SessionEnded: Story = {
  args: { session: { start_time: "2026-01-11T21:00:00.000Z", end_time: "2026-01-11T21:30:00.000Z" } },
};

export const SessionCanceled: Story = {
  args: {
    session: {
      start_time: "2026-01-11T23:00:00.000Z",
      end_time: "2026-01-11T23:30:00.000Z",
      canceled_time: "2026-01-11T21:00:00.000Z",
    },
  },
};

export const NoLink: Story = {
  args: { participant: { participant_id: "story-guest", display_name: "Tāne Wihongi", role: "GUEST" } },
};

/** Only links to trusted hosts are shown, copied or opened: the provider's `entryUrlHosts`, by default the vendor's. */
export const UntrustedAddress: Story = {
  args: {
    participant: {
      participant_id: "story-guest",
      display_name: "Tāne Wihongi",
      role: "GUEST",
      entry_url: "https://coviu.com.example/session/1",
    },
  },
};

/** Entry link on demand, with this response of the clinic's server. */
function OnDemand({
  respond,
  network,
  ...props
}: EntryLinkProps & {
  respond: () => Response;
  /** Whether the response takes as long as a real one. @default false */ network?: boolean;
}) {
  const { timeZone, locale, now } = useCoviu();
  const [client] = useState(() =>
    createCoviuClient({
      baseUrl: "https://clinic.example/api/coviu",
      entryUrls: "on-demand",
      fetch: async () => {
        // Not a timer: in WebKit, user activation outlasts timers but not requests.
        if (network) await fetch("./index.json", { cache: "no-store" });
        return respond();
      },
    }),
  );
  return (
    <CoviuProvider client={client} timeZone={timeZone} locale={locale} now={now}>
      <EntryLink {...props} />
    </CoviuProvider>
  );
}

export const ShownOnDemand: Story = {
  args: { ...NoLink.args, session: Joinable.args?.session },
  render: (props) => <OnDemand {...props} respond={() => Response.json({ entry_url })} />,
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole("button", { name: /^Show link/ }));
    await canvas.findByText(entry_url);
  },
};

/** The response takes a moment. Safari copies only a promise that was passed during the click. */
export const CopiedOnDemand: Story = {
  ...ShownOnDemand,
  render: (props) => <OnDemand {...props} respond={() => Response.json({ entry_url })} network />,
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole("button", { name: /^Copy link/ }));
    await canvas.findByText(/copied$/);
  },
};

export const RefusedOnDemand: Story = {
  ...NoLink,
  render: (props) => (
    <OnDemand
      {...props}
      respond={() =>
        Response.json(
          { error: { message: "Too many links in an hour." } },
          { status: 429, headers: { "retry-after": "900" } },
        )
      }
    />
  ),
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole("button", { name: /^Copy link/ }));
    await canvas.findByText(/Too many links/);
  },
};

export const LongName: Story = {
  args: {
    participant: {
      participant_id: "story-guest",
      display_name: "Phra Krung Thep Maha Nakhon Amon Rattanakosin Mahinthara Ayuthaya Mahadilok Phop Noppharat",
      role: "GUEST",
      entry_url,
    },
  },
};
