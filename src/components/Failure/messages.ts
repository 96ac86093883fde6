import type { CoviuErrorCode } from "../../api/errors.ts";
import { durationText } from "../time/durationText.ts";

/** Title that names the failure, and body that names the next step. */
export interface FailureText {
  title: string;
  body: string;
}

/** Texts of failures, by code. `explained` contains the server’s explanation. */
export type FailureMessages = Record<CoviuErrorCode, FailureText> & {
  offline: FailureText;
  unknownOutcome: FailureText;
  explained: (words: string) => string;
  /** Countdown to the next attempt. */
  retryAfter: (seconds: number) => string;
  /** Shown if the service asks to wait for more than an hour. The button works all the same. */
  retryLater: string;
  retryNow: string;
  retry: string;
  /** Age of the data on the screen. */
  stale: (values: { minutes: number; time: string }) => string;
  /** Shown in a view without data while the banner above states the reason. */
  waiting: string;
  waitingForSignIn: string;
};

/** English label of the button that checks again whether a write happened, in forms and in `PendingWrites`. */
export const checkAgainText = "Check again";

export const failureMessages: FailureMessages = {
  invalid_input: { title: "This can’t be sent as it is", body: "Check what you entered and try again." },
  auth_required: { title: "You’re not signed in", body: "Sign in, then try again. What you typed stays here." },
  auth_unavailable: {
    title: "We couldn’t check your sign-in",
    body: "Nothing was sent. Try again in a moment; if it goes on, sign in again.",
  },
  forbidden: {
    title: "You’re not allowed to do this",
    body: "Nothing has changed. Ask whoever manages your access if you need it.",
  },
  not_found: {
    title: "This is no longer available",
    body: "It may have been canceled or removed by someone else. Refresh the list to see how things stand.",
  },
  invalid_request: {
    title: "The service refused this",
    body: "Nothing has changed. Check what you entered and try again.",
  },
  conflict: { title: "Someone else changed this first", body: "Nothing of yours was saved. Refresh, then try again." },
  rate_limited: { title: "The service is busy", body: "Nothing has changed. Wait a moment, then try again." },
  server: { title: "The service had a problem", body: "It’s not something you did. Try again in a moment." },
  unreachable: {
    title: "We couldn’t reach the service",
    body: "Nothing has changed. Check the connection, then try again.",
  },
  wrong_address: {
    title: "The service can’t be reached at this address",
    body: "Nothing has changed. Another server answers there, for example a sign-in page of the network. Try again; if it goes on, tell whoever runs this site.",
  },
  timeout: { title: "The service took too long to answer", body: "Try again in a moment." },
  bad_response: {
    title: "The service sent an answer we can’t read",
    body: "Try again. If it goes on, tell whoever runs this site.",
  },
  server_render: { title: "This can only be shown in a browser", body: "Reload the page." },
  offline: {
    title: "You’re offline",
    body: "You can read what is already here. Nothing can be booked or changed until you are back, and nothing is sent by itself.",
  },
  unknownOutcome: {
    title: "We couldn’t confirm this",
    body: "No clear answer came, so it may or may not have been done. Look how things stand before you try again.",
  },
  explained: (words) => `The service says: “${words}”`,
  retryAfter: (seconds) =>
    `You can try again in ${seconds < 100 ? `${seconds} s` : durationText(Math.ceil(seconds / 60))}.`,
  retryLater: "The service asks to wait for more than an hour. You can try anyway.",
  retryNow: "You can try again now.",
  retry: "Try again",
  stale: ({ minutes, time }) =>
    `Last updated ${minutes < 1 ? "just now" : minutes === 1 ? "1 minute ago" : `${minutes < 60 ? `${minutes} minutes` : durationText(minutes)} ago`}, at ${time}`,
  waiting: "Waiting for the service",
  waitingForSignIn: "Waiting for sign-in",
};
