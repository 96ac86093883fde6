import type { Meta, StoryObj } from "@storybook/react-vite";
import { useState } from "react";
import { expect, userEvent } from "storybook/test";

import { EditConflict, type EditConflictProps } from "../../src/components/EditConflict/EditConflict.tsx";
import { OverwrittenNotice } from "../../src/components/EditConflict/OverwrittenNotice.tsx";
import { Button } from "../../src/ui/Button.tsx";

type Field = "name" | "start" | "picture";

const labels = { name: "Session name", start: "Start", picture: "Picture address of the session" };
const original = { name: "Knee rehab follow-up", start: "10:15 am", picture: "" };
const mine = { name: "Knee rehab, week 6", start: "11:00 am", picture: "https://clinic.example/knee.png" };
const theirs = { name: "Knee rehab follow-up with Dr Chen", start: "2:00 pm", picture: "" };

/** The question inside forms about fields that two users changed at the same time. */
const meta = {
  title: "Components/EditConflict",
  // Part of SessionScheduler and ParticipantList, without a page of its own.
  tags: ["!autodocs"],
  parameters: { frame: "narrow", ownScreen: true },
} satisfies Meta;
export default meta;

type Story = StoryObj<typeof meta>;

interface FormProps extends Partial<EditConflictProps<Field>> {
  inConflict?: readonly Field[];
}

/** The notice above a save button, in place of a form. */
function Form({ inConflict = [], theirChanges = [], ...props }: FormProps) {
  const [fields, setFields] = useState(inConflict);
  const [attempt] = useState({});
  const settle = (field: Field) => setFields((before) => before.filter((other) => other !== field));
  return (
    <div className="coviu coviu-stack" data-gap="wide">
      <EditConflict
        {...{ labels, original, mine, theirs, theirChanges, saveId: "save", ...props }}
        conflict={fields.length > 0 ? { fields, attempt, keepMine: settle, takeTheirs: settle } : undefined}
      />
      <div className="coviu-row">
        <Button id="save" variant="primary">
          Save changes
        </Button>
      </div>
    </div>
  );
}

/** Another user changed a field that this user did not touch. There is nothing to decide. */
export const OnlyTheyChanged: Story = { render: () => <Form theirChanges={["name", "start"]} /> };

/** Both changed the name. */
export const OneField: Story = { render: () => <Form inConflict={["name"]} /> };

/** Both changed three fields, one of which was empty before and is empty for the other user. */
export const SeveralFields: Story = { render: () => <Form inConflict={["name", "start", "picture"]} /> };

/** Both changed the start, and the other user also changed the name. */
export const ConflictAndTheirChange: Story = {
  render: () => <Form inConflict={["start"]} theirChanges={["name"]} />,
};

/** After each choice the focus goes to the next field, and after the last one to the save button. */
export const Choosing: Story = {
  render: () => <Form inConflict={["name", "start"]} />,
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole("button", { name: "Keep mine: Session name" }));
    await expect(canvas.getByRole("button", { name: "Keep mine: Start" })).toHaveFocus();
    await userEvent.click(canvas.getByRole("button", { name: "Take theirs: Start" }));
    await expect(canvas.getByRole("button", { name: "Save changes" })).toHaveFocus();
  },
};

/** Names as long as users write them. */
export const LongValues: Story = {
  render: () => (
    <Form
      inConflict={["name"]}
      mine={{ ...mine, name: "Multidisciplinary discharge planning meeting with community nursing" }}
      theirs={{ ...theirs, name: "Wolfeschlegelsteinhausenbergerdorff".repeat(3) }}
    />
  ),
};

/** Another user overwrote what was saved here a moment ago. */
export const Overwritten: Story = {
  render: () => (
    <div className="coviu">
      <OverwrittenNotice fields={["name", "start"]} labels={labels} mine={mine} theirs={theirs} />
    </div>
  ),
};
