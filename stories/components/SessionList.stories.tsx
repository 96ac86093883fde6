import type { Meta, StoryObj } from "@storybook/react-vite";
import { expect, fn, userEvent } from "storybook/test";

import type { CoviuClient } from "../../src/api/client.ts";
import { createSession } from "../../src/api/sessions.ts";
import { SessionList, type SessionListProps } from "../../src/components/SessionList/SessionList.tsx";
import { useCoviu } from "../../src/provider/CoviuProvider.tsx";
import { byText } from "../../test/byText.ts";

const meta = {
  title: "Components/SessionList",
  component: SessionList,
  args: { onSelect: fn() },
} satisfies Meta<typeof SessionList>;
export default meta;

type Story = StoryObj<typeof meta>;

export const Ready: Story = {};

export const Active: Story = { args: { defaultView: "active" } };

export const Past: Story = { args: { defaultView: "past" } };

export const Canceled: Story = { args: { defaultView: "canceled" } };

export const Narrow: Story = { parameters: { frame: "narrow" } };

export const Pending: Story = { parameters: { sandbox: { latencyMs: 3_600_000 }, pending: true } };

export const Failed: Story = {
  parameters: { sandbox: { faults: [{ operation: "getSessionPage", status: 403, times: Infinity }] } },
};

export const Empty: Story = { parameters: { sandbox: { seed: "none" } } };

export const NothingMatches: Story = {
  play: async ({ canvas }) => {
    await canvas.findAllByRole("listitem");
    await userEvent.type(await canvas.findByRole("searchbox"), "Wihongy");
    await expect(canvas.getByRole("button", { name: "Clear search" })).toBeVisible();
  },
};

export const ChosenDates: Story = {
  play: async ({ canvas }) => {
    await userEvent.selectOptions(await canvas.findByRole("combobox", { name: "Dates" }), "Choose dates…");
    await canvas.findByRole("group", { name: "First day" });
  },
};

/** About eighty rows per page, in whole days. */
export const ManySessions: Story = {
  parameters: { sandbox: { seed: 1000 } },
  play: async ({ canvas }) => {
    await userEvent.selectOptions(await canvas.findByRole("combobox", { name: "Dates" }), "Next 30 days");
    await userEvent.click(await canvas.findByText("Next"));
    await expect(canvas.getByText("Showing 63 to 134 of 200")).toBeVisible();
  },
};

/** More sessions exist than are loaded. */
export const MoreThanOnePage: Story = {
  parameters: { sandbox: { seed: 250 } },
  play: async ({ canvas }) => {
    await userEvent.selectOptions(await canvas.findByRole("combobox", { name: "Dates" }), "Next 30 days");
    await userEvent.click(await canvas.findByText("Next"));
    await userEvent.click(await canvas.findByText("Next"));
    await canvas.findByRole("button", { name: "Load more" });
  },
};

/** The service repeats a page although `more` is true. Reading stops there. */
export const MaybeIncomplete: Story = {
  parameters: {
    sandbox: {
      faults: [
        {
          operation: "getSessionPage",
          status: 200,
          times: Infinity,
          body: {
            more: true,
            content: [1, 2, 3].map((number) => ({
              session_id: `s-${number}`,
              session_name: `Review ${number}`,
              start_time: `2026-01-12T0${number}:00:00Z`,
              end_time: `2026-01-12T0${number}:30:00Z`,
              participants: [],
            })),
          },
        },
      ],
    },
  },
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole("button", { name: "Load more" }));
    await expect(await canvas.findByText("This list may be incomplete")).toBeVisible();
  },
};

/** With a button of the app that refetches everything. */
function Refreshable(props: SessionListProps) {
  const { queryClient } = useCoviu();
  return (
    <>
      <div className="coviu coviu-section">
        <button className="coviu-button" type="button" onClick={() => void queryClient.refetchQueries()}>
          Read again
        </button>
      </div>
      <SessionList {...props} />
    </>
  );
}

/** The first read succeeds and the refetch fails. The loaded data is shown with its age. */
export const Stale: Story = {
  parameters: { sandbox: { faults: [{ operation: "getSessionPage", status: 503, after: 1, times: Infinity }] } },
  render: (args) => <Refreshable {...args} />,
  play: async ({ canvas }) => {
    await canvas.findAllByRole("listitem");
    await userEvent.click(await canvas.findByRole("button", { name: "Read again" }));
    await canvas.findByRole("button", { name: "Try again" }, { timeout: 10_000 });
    await expect(canvas.getByText(byText(/^Last updated just now, at /))).toBeVisible();
  },
};

/** Two sessions of the same name, times and people. Both rows are marked as duplicates. */
export const Duplicate: Story = {
  parameters: {
    sandbox: {
      prepare: async ({ client }: { client: CoviuClient }) => {
        const booking = {
          session_name: "Falls prevention review",
          start_time: "2026-01-11T23:15:00Z",
          end_time: "2026-01-11T23:45:00Z",
          participants: [{ display_name: "Dr Amara Okafor", role: "HOST" }, { display_name: "Tāne Wihongi" }],
        };
        await createSession(client, booking);
        await createSession(client, booking);
        return {};
      },
    },
  },
  play: async ({ canvas }) => {
    await expect(await canvas.findAllByText("May be booked twice")).toHaveLength(2);
  },
};

export const LongNames: Story = {
  parameters: {
    sandbox: {
      seed: "none",
      prepare: async ({ client }: { client: CoviuClient }) => {
        await createSession(client, {
          session_name:
            "Multidisciplinary discharge planning meeting with community nursing and the family’s chosen support people",
          start_time: "2026-01-11T23:00:00Z",
          end_time: "2026-01-12T00:30:00Z",
          participants: [
            { display_name: "Assoc Prof Maximiliana Featherstonehaugh-Okonkwo", role: "HOST", state: "clinician" },
            { display_name: "Wolfeschlegelsteinhausenbergerdorff-Venkatanarasimharajuvaripeta" },
            { display_name: "Nguyễn Thị Minh Khai" },
            { display_name: "ليلى حداد" },
            { display_name: "X" },
          ],
        });
        return {};
      },
    },
  },
};

/** An option longer than its field ends in an ellipsis. */
export const LongNameChosen: Story = {
  ...LongNames,
  play: async ({ canvas }) => {
    const clinician = await canvas.findByRole("combobox", { name: "Clinician" });
    await userEvent.selectOptions(clinician, "Assoc Prof Maximiliana Featherstonehaugh-Okonkwo");
  },
};
