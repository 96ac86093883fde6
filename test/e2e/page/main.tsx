import "coviu-react/styles.css";
import { CoviuProvider, createCoviuClient, FrontDesk } from "coviu-react";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

// The page uses the sandbox in ?api=http://127.0.0.1:4181/v1, with a token from the clinic's server.
const baseUrl = new URLSearchParams(location.search).get("api") ?? "";
const client = createCoviuClient({
  baseUrl,
  getAccessToken: async ({ signal }) => (await fetch(`/token?api=${encodeURIComponent(baseUrl)}`, { signal })).json(),
});

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <CoviuProvider client={client} timeZone="Australia/Sydney" locale="en-AU">
        <FrontDesk />
      </CoviuProvider>
    </StrictMode>,
  );
}
