import { CoviuProvider, createCoviuClient, FrontDesk, SessionList } from "coviu-react";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

const client = createCoviuClient({ baseUrl: "/api/coviu" });

/** `?list` shows the list alone with a class of Tailwind's. */
function Screen() {
  if (location.search === "?list") return <SessionList className="rounded-none bg-red-100 p-8" />;
  return <FrontDesk />;
}

export function show() {
  createRoot(document.getElementById("root")!).render(
    <StrictMode>
      <CoviuProvider client={client} timeZone="Australia/Sydney" locale="en-AU">
        <Screen />
      </CoviuProvider>
    </StrictMode>,
  );
}
