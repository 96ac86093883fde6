import type { Meta, StoryObj } from "@storybook/react-vite";
import { userEvent, within } from "storybook/test";

import { ParticipantList } from "../../src/components/ParticipantList/ParticipantList.tsx";

const people = [
  { display_name: "Ana Lee", role: "GUEST" },
  { display_name: "Dr Amara Okafor", role: "HOST", state: "user-17" },
  { display_name: "Kwame Mensah", role: "GUEST" },
];

