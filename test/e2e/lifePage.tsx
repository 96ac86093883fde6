import { type CoviuClient, CoviuProvider, createCoviuClient, FrontDesk, useCoviuSignOut } from "coviu-react";
import { useState } from "react";
import { createRoot } from "react-dom/client";

/** Client of the clinic in the path (/north or /south). With `?token` it has `getAccessToken`. */
const clientOf = (clinic: string): CoviuClient =>
  createCoviuClient({
    baseUrl: `/api/${clinic}`,
    getAccessToken: location.search ? async () => (await fetch("/token")).text() : undefined,
  });
const here = location.pathname.slice(1) || "north";

function Page() {
  const [client, setClient] = useState(() => clientOf(here));
  // A reference to an ended client must not keep its data in memory.
  Reflect.set(globalThis, "oldClient", Reflect.get(globalThis, "oldClient") ?? client);
  return (
    <>
      <a href="/goodbye">Leave</a>
      <button type="button" onClick={() => setClient(clientOf(here === "north" ? "south" : "north"))}>
        Another clinic
      </button>
      <CoviuProvider client={client} timeZone="Australia/Sydney" locale="en-AU">
        <SignOut />
        <FrontDesk />
      </CoviuProvider>
    </>
  );
}

function SignOut() {
  const signOut = useCoviuSignOut();
  return (
    <button type="button" onClick={() => void signOut()}>
      Sign out
    </button>
  );
}

const root = document.getElementById("root");
if (root) createRoot(root).render(<Page />);
