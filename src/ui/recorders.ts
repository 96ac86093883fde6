import { classes } from "./classes.ts";

// What the common recorders of sessions go by. Class names: rrweb, Fullstory, PostHog. Attributes: LogRocket, Sentry,
// Hotjar, Clarity, Datadog.
const marks = {
  "data-private": "",
  "data-sentry-mask": "",
  "data-hj-suppress": "",
  "data-clarity-mask": "true",
  "data-dd-privacy": "mask",
};

/** Attributes of the root of what the kit shows: recorders put something else in the place of its words. */
export function masked(...names: (string | undefined)[]) {
  return { ...marks, className: classes("coviu", "rr-mask fs-mask", ...names) };
}

/** Attributes of what shows or holds an entry link: recorders leave the whole element out, with its attributes. */
export function leftOut(name: string) {
  return {
    ...marks,
    "data-sentry-block": "",
    "data-dd-privacy": "hidden",
    className: classes(name, "rr-block fs-exclude ph-no-capture"),
  };
}
