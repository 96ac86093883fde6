// The front desk below MUI's app bar, and inside dialogs of MUI, of another version of Radix and of react-modal.
import AppBar from "@mui/material/AppBar";
import Button from "@mui/material/Button";
import CssBaseline from "@mui/material/CssBaseline";
import MuiDialog from "@mui/material/Dialog";
import { createTheme, ThemeProvider } from "@mui/material/styles";
import Toolbar from "@mui/material/Toolbar";
import * as Radix from "@radix-ui/react-dialog";
import { CoviuProvider, createCoviuClient, FrontDesk } from "coviu-react";
import "coviu-react/styles.css";
import { StrictMode, useState } from "react";
import { createRoot } from "react-dom/client";
import Modal from "react-modal";
import "./libraries.css";

const client = createCoviuClient({ baseUrl: "/api/coviu" });
const theme = createTheme({ colorSchemes: { dark: true } });

function Below() {
  return (
    <>
      <AppBar position="sticky">
        <Toolbar>The app</Toolbar>
      </AppBar>
      <FrontDesk />
    </>
  );
}

function InMui() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Open sessions</Button>
      <MuiDialog open={open} onClose={() => setOpen(false)} fullWidth maxWidth="lg" aria-label="Sessions of MUI">
        <FrontDesk />
      </MuiDialog>
    </>
  );
}

function InRadix() {
  return (
    <Radix.Root>
      <Radix.Trigger>Open sessions</Radix.Trigger>
      <Radix.Portal>
        <Radix.Overlay className="overlay">
          <Radix.Content className="content" aria-describedby={undefined}>
            <Radix.Title>Sessions of Radix</Radix.Title>
            <FrontDesk />
          </Radix.Content>
        </Radix.Overlay>
      </Radix.Portal>
    </Radix.Root>
  );
}

function InReactModal() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button onClick={() => setOpen(true)}>Open sessions</button>
      <Modal isOpen={open} onRequestClose={() => setOpen(false)} contentLabel="Sessions of react-modal">
        <FrontDesk />
      </Modal>
    </>
  );
}

const pages = { "/": Below, "/mui": InMui, "/radix": InRadix, "/react-modal": InReactModal };
const Page = pages[location.pathname as keyof typeof pages];
Modal.setAppElement("#root");

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <ThemeProvider theme={theme}>
      <CssBaseline enableColorScheme />
      <CoviuProvider client={client} timeZone="Australia/Sydney" locale="en-AU">
        <Page />
      </CoviuProvider>
    </ThemeProvider>
  </StrictMode>,
);
