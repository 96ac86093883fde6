import type { RuleReason } from "../../domain/lifecycle.ts";

/** Texts of the dialog that asks before a session is canceled. They are part of the table `sessionDetails`. */
export interface CancelSessionMessages {
  /** Name of a session without a name. */
  untitled: string;
  confirmTitle: string;
  /** `people` is empty if no one is invited. */
  confirmBody: (values: { name: string; people: string; day: string; times: string }) => string;
  /** After three names, the last part of the list: "57 others". */
  others: (count: number) => string;
  keep: string;
  canceling: string;
  confirm: (values: { start: string; people: string }) => string;
  /** Why the session can no longer be canceled. */
  refused: Record<RuleReason, string>;
}

export const cancelSessionMessages: CancelSessionMessages = {
  untitled: "Session without a name",
  confirmTitle: "Cancel this session?",
  confirmBody: ({ name, people, day, times }) =>
    `${name}${people && ` with ${people}`}, ${day}, ${times}. Nobody will be able to join, and this can’t be undone. No message is sent: let people know yourself. You can book it again later, with new links.`,
  others: (count) => `${count} ${count === 1 ? "other" : "others"}`,
  keep: "Keep session",
  canceling: "Canceling…",
  confirm: ({ start, people }) => `Cancel ${start}${people && ` with ${people}`}`,
  refused: {
    canceled: "This session has already been canceled.",
    ended: "This session has ended, so it can’t be canceled.",
    started: "This session has started, so it can’t be canceled any more.",
    "not-started": "",
  },
};
