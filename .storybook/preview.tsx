import "../src/styles/index.css";
import "./frame.css";
import "./docs.css";
import { afterEach as runAxe } from "@storybook/addon-a11y/preview";
import type { Preview } from "@storybook/react-vite";
import type { ArgTypesEnhancer } from "storybook/internal/types";
import { configure, waitFor } from "storybook/test";
import tables from "virtual:api-tables";

import { managedFields, translatable } from "../test/marks.ts";
import { codeOfStory, componentName, descriptionOf } from "./codeOfStory.ts";
import { DocsPage } from "./DocsPage.tsx";
import { withSandbox } from "./withSandbox.tsx";

// Longer limits for busy machines, as in the tests.
configure({ asyncUtilTimeout: 30_000 });

const preview: Preview = {
  tags: ["autodocs"],
  parameters: {
    a11y: { test: "error" },
    layout: "fullscreen",
    controls: { expanded: true, sort: "requiredFirst" },
    docs: {
      container: DocsPage,
      extractComponentDescription: descriptionOf,
      source: { language: "tsx", transform: codeOfStory },
    },
    options: {
      storySort: {
        order: [
          "Start here",
          "Put it in your app",
          "Compose your own screen",
          ["Guide"],
          "Hooks",
          ["All hooks", "Sessions", "Participants", "Suspense", "Time"],
          "Components",
          ["All components", "CoviuProvider", "FrontDesk"],
          "Errors and pending writes",
          "Security",
          "Look and words",
          "Testing your screens",
          "Sandbox",
          "What goes wrong and what happens then",
          "Accessibility",
          "All public names",
        ],
      },
    },
  },
  initialGlobals: {
    // Tests see the light theme, and the dark one after it.
    theme: import.meta.env.MODE === "test" ? "light" : "system",
    direction: "ltr",
    timeZone: "Australia/Sydney",
    locale: "en-AU",
    clock: "fixed",
    latency: "0",
    network: "fine",
  },
  globalTypes: {
    theme: toolbar("Theme", "paintbrush", { light: "Light", dark: "Dark", system: "As the system" }),
    direction: toolbar("Direction", "transfer", { ltr: "Left to right", rtl: "Right to left" }),
    timeZone: toolbar("Time zone of the clinic", "globe", {
      "Australia/Sydney": "Sydney",
      "Pacific/Auckland": "Auckland",
      "Australia/Lord_Howe": "Lord Howe Island",
      "Europe/London": "London",
      "America/New_York": "New York",
      UTC: "UTC",
    }),
    locale: toolbar("Locale", "paragraph", {
      "en-AU": "English (Australia)",
      "en-US": "English (US)",
      de: "Deutsch",
      ar: "العربية",
    }),
    clock: toolbar("Clock", "time", {
      fixed: "Monday 12 January 2026, 9:52 am in Sydney",
      night: "Sunday 5 April 2026, 1:40 am in Sydney: clocks go back",
      real: "Now",
    }),
    latency: toolbar("Latency", "timer", { 0: "No delay", 300: "300 ms", 2000: "2 s" }),
    network: toolbar("Network", "lightning", {
      fine: "Working",
      flaky: "Every second request fails",
      broken: "Every request fails (500)",
      offline: "Offline",
    }),
  },
  decorators: [withSandbox],
  argTypesEnhancers: [spellOutTypes],
  beforeEach: ({ parameters }) => replaceClipboard(parameters.clipboard),
  // The addon runs axe in the light theme after this. Here tests run its rules on colors in the dark theme.
  afterEach: async (story) => {
    if (!story.parameters.pending) await waitFor(() => expectNothingPending(story.canvasElement));
    if (!navigator.webdriver) return;
    // Markup of an app is not checked.
    if (!story.title.startsWith("Hooks/") && !story.parameters.ownScreen) expectMarks();
    setTheme("dark");
    await checkColors(story);
    setTheme("light");
  },
};
export default preview;

/** Types, defaults and descriptions of the props from the source. react-docgen shows unions only as "union". */
function spellOutTypes({ argTypes, component }: Parameters<ArgTypesEnhancer>[0]): ReturnType<ArgTypesEnhancer> {
  const members = tables.types[`${componentName(component)}Props`]?.members ?? [];
  const spelledOut = members.map((member) => [
    member.name,
    {
      ...argTypes[member.name],
      ...controlOf(member.type),
      name: member.name,
      description: member.text,
      table: {
        ...argTypes[member.name]?.table,
        type: { summary: member.type },
        ...(member.default && { defaultValue: { summary: member.default } }),
      },
    },
  ]);
  return { ...argTypes, ...Object.fromEntries(spelledOut) };
}

/** Control for a prop: a field for a text or number, a list for a union of them, an object for JSON values. */
function controlOf(type: string) {
  if (type === "string") return { control: { type: "text" } };
  if (type === "boolean" || type === "number") return { control: { type } };
  if (/^("[^"]*"|\d+)( \| ("[^"]*"|\d+))*$/.test(type))
    return { control: { type: "select" }, options: type.split(" | ").map((choice) => JSON.parse(choice)) };
  return /=>|ReactNode|RefObject/.test(type) ? { control: false } : { control: { type: "object" } };
}

/** Runs the rules of axe on colors. No other rule depends on the theme. */
function checkColors(story: Parameters<typeof runAxe>[0]): Promise<void> {
  const options = { runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] } };
  const a11y = { ...story.parameters.a11y, options };
  return runAxe({ ...story, parameters: { ...story.parameters, a11y } });
}

/** Expects that all data is loaded before axe runs. Stories of the loading state set `pending`. */
function expectNothingPending(canvas: HTMLElement): void {
  if (canvas.querySelector("[data-state=pending]")) throw new Error("The story is still pending.");
}

/** Expects that browsers translate no name and no time, and that password managers ignore the fields. */
function expectMarks(): void {
  const [texts, fields] = [translatable(document), managedFields(document)];
  if (texts.length) throw new Error(`Would be translated: ${texts.join(" | ")}`);
  if (fields.length)
    throw new Error(`Would be filled in or saved by browsers or password managers: ${fields.join(" | ")}`);
}

/** Sets the theme on the story and on dialogs, which are outside of it. */
function setTheme(theme: "light" | "dark"): void {
  for (const element of document.querySelectorAll("[data-coviu-theme]"))
    element.setAttribute("data-coviu-theme", theme);
  for (const change of document.getAnimations()) if (change instanceof CSSTransition) change.finish();
}

function toolbar(title: string, icon: string, choices: Record<string, string>) {
  const items = Object.entries(choices).map(([value, name]) => ({ value, title: name }));
  return { description: title, toolbar: { title, icon, dynamicTitle: true, items } };
}

/** Replaces the clipboard, which automated browsers refuse. Stories set whether it works. */
function replaceClipboard(kind: "works" | "refuses" = "works"): () => void {
  const writeText = () =>
    kind === "works" ? Promise.resolve() : Promise.reject(new DOMException("", "NotAllowedError"));
  if (kind === "works" && !navigator.webdriver) return () => {};
  Object.defineProperty(navigator, "clipboard", { configurable: true, value: { writeText } });
  return () => Reflect.deleteProperty(navigator, "clipboard");
}
