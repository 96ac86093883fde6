import { DocsContainer, type DocsContainerProps } from "@storybook/addon-docs/blocks";
import { type PropsWithChildren, useSyncExternalStore } from "react";
import { themes } from "storybook/theming";

const dark = matchMedia("(prefers-color-scheme: dark)");

function subscribe(notify: () => void): () => void {
  dark.addEventListener("change", notify);
  return () => dark.removeEventListener("change", notify);
}

/** Page of docs in the theme of the system, as the rest of Storybook. */
export function DocsPage(props: PropsWithChildren<DocsContainerProps>) {
  const isDark = useSyncExternalStore(subscribe, () => dark.matches);
  return <DocsContainer {...props} theme={isDark ? themes.dark : themes.light} />;
}
