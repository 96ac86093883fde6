import { classes } from "./classes.ts";

// Class names and attributes that common tools for session replay respect. Class names: rrweb, Fullstory, PostHog. Attributes: LogRocket,
// Sentry, Hotjar, Clarity, Datadog.
const marks = {
  "data-private": "",
  "data-sentry-mask": "",
  "data-hj-suppress": "",
  "data-clarity-mask": "true",
  "data-dd-privacy": "mask",
};

/** Props of the root of a component. Session replay masks the texts in it. */
export function maskedProps(...names: (string | undefined)[]) {
  return { ...marks, className: classes("coviu", "rr-mask fs-mask", ...names) };
}

/** Props of an element that shows or holds an entry link. Session replay blocks the whole element with its attributes. */
export function blockedProps(name: string) {
  return {
    ...marks,
    "data-sentry-block": "",
    "data-dd-privacy": "hidden",
    className: classes(name, "rr-block fs-exclude ph-no-capture"),
  };
}
