import "coviu-react/styles.css";
import { CoviuProvider, createCoviuClient, FrontDesk } from "coviu-react";
import { createSandbox } from "coviu-react/sandbox";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

// First screen without a server, as in the README: the API is in the page.
const client = createCoviuClient(createSandbox());

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
