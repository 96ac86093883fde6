/** Texts of the notice about a duplicate. They are part of the table `sessionDetails`. */
export interface DuplicateMessages {
  /** Name of a session without a name. */
  untitled: string;
  duplicateTitle: string;
  duplicateBody: (values: { name: string; day: string; time: string }) => string;
  duplicateCancel: string;
}

export const duplicateMessages: DuplicateMessages = {
  untitled: "Session without a name",
  duplicateTitle: "This session is booked twice",
  duplicateBody: ({ name, day, time }) =>
    `There are two sessions “${name}” on ${day}, ${time}, with the same people. Cancel one of them, and send the links of the other.`,
  duplicateCancel: "Cancel one of them",
};
