import type { FailureText } from "../Failure/messages.ts";

export interface IdleLockMessages {
  warned: FailureText;
  /** Countdown in the warning. */
  secondsLeft: (seconds: number) => string;
  stay: string;
  covered: FailureText;
  uncover: string;
  /** Shown if `onUncover` fails. Failures of the service have their own texts. */
  notConfirmed: FailureText;
}

export const idleLockMessages: IdleLockMessages = {
  warned: {
    title: "Are you still there?",
    body: "Nobody has used this page for a while, so it is about to be covered. Press any key to keep it open.",
  },
  secondsLeft: (seconds) => (seconds === 1 ? "1 second left" : `${seconds} seconds left`),
  stay: "Keep it open",
  covered: {
    title: "This page is covered",
    body: "Nobody has used it for a while. What you typed is still here.",
  },
  uncover: "Continue",
  notConfirmed: { title: "We couldn’t confirm that it’s you", body: "The page stays covered. Try again." },
};
