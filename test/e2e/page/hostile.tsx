import { keepPreviousData, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { CoviuProvider, createCoviuClient, FrontDesk } from "coviu-react";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import appStyles from "./hostile.css?inline";
// An app with everything that may disturb the kit: a modal dialog with a shadow root and a form in it, resets,
// hot keys, a focus trap, a shared query client with other defaults, and no secure context.
import kitStyles from "coviu-react/styles.css?inline";

declare global {
  interface Window {
    /** Events for the kit that reached the app. */
    reachedApp: string[];
  }
}
window.reachedApp = [];
const reached = (event: string) => window.reachedApp.push(event);

// Plain HTTP has neither of them.
Object.defineProperty(crypto, "randomUUID", { value: undefined });
Object.defineProperty(crypto, "subtle", { value: undefined });

const baseUrl = new URLSearchParams(location.search).get("api") ?? "";
const client = createCoviuClient({
  baseUrl,
  scope: "hostile",
  getAccessToken: async ({ signal }) => (await fetch(`/token?api=${encodeURIComponent(baseUrl)}`, { signal })).json(),
});
const queryClient = new QueryClient({
  defaultOptions: {
    queries: { placeholderData: keepPreviousData, throwOnError: true, retry: 9, staleTime: Number.POSITIVE_INFINITY },
    mutations: { throwOnError: true, retry: 9 },
  },
});

const dialog = document.createElement("dialog");
dialog.className = "app-dialog";
const shadowHost = document.createElement("div");
shadowHost.className = "app-row";
dialog.append(shadowHost);
document.body.append(dialog);
const shadow = shadowHost.attachShadow({ mode: "open" });
const sheets = [kitStyles, appStyles].map((text) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
});
shadow.adoptedStyleSheets = sheets;
document.adoptedStyleSheets = sheets;
dialog.showModal();
dialog.addEventListener("cancel", () => reached("cancel of the dialog"));
dialog.addEventListener("close", () => reached("close of the dialog"));

// Hot keys, as libraries listen for them on window and document.
for (const target of [window, document]) {
  target.addEventListener("keydown", (event) => {
    if (event instanceof KeyboardEvent && event.key === "Escape" && !event.defaultPrevented) reached("Escape");
  });
}
// A focus trap, as in modal dialogs of libraries.
document.addEventListener("focusin", ({ target }) => {
  if (target instanceof Node && !dialog.contains(target)) {
    reached("focus outside");
    dialog.focus();
  }
});

const mount = document.createElement("div");
mount.className = "app-row";
shadow.append(mount);
createRoot(mount).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          reached("submit");
        }}
        onReset={() => reached("reset")}
      >
        <CoviuProvider client={client} queryClient={queryClient} timeZone="Australia/Sydney" locale="en-AU">
          <FrontDesk />
        </CoviuProvider>
        <button type="submit">Save the record</button>
      </form>
    </QueryClientProvider>
  </StrictMode>,
);
