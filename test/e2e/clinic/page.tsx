import { type CoviuClient, CoviuProvider, createCoviuClient, FrontDesk, useCoviuSignOut } from "coviu-react";
import { StrictMode, useSyncExternalStore } from "react";
import { createRoot } from "react-dom/client";

interface User {
  id: string;
  name: string;
  role: "clinician" | "reception";
}

interface Me {
  user: User;
  entryUrls: "with-participants" | "on-demand";
}

const signIn = () => location.assign("/login");

function Clinic({ client, user }: { client: CoviuClient; user: User }) {
  const host = user.role === "clinician" ? { state: user.id, name: user.name } : undefined;
  const { connection } = client;
  const state = useSyncExternalStore(connection.subscribe, () => connection.state);
  if (state === "ended") return <SignedOut />;
  return (
    <CoviuProvider client={client} timeZone="Australia/Sydney" locale="en-AU">
      <header className="clinic-bar">
        <ClinicName />
        <p className="clinic-user">{user.name}</p>
        <SignOut />
      </header>
      <main>
        <FrontDesk joinAs={user.id} host={host} onSignIn={signIn} />
      </main>
    </CoviuProvider>
  );
}

function ClinicName() {
  return (
    <p className="clinic-name">
      <img src="/icon.svg" alt="" width="28" height="28" />
      Banksia Street Clinic
    </p>
  );
}

function SignOut() {
  const signOut = useCoviuSignOut();
  return (
    <button type="button" onClick={() => void signOut().then(endSession)}>
      Sign out
    </button>
  );
}

/** Submits a form, so that the browser shows an error if the server can't be reached and the sign-in continues. */
function endSession(): void {
  const form = document.getElementById("sign-out");
  if (form instanceof HTMLFormElement) form.submit();
}

function SignedOut() {
  return (
    <main className="clinic-login">
      <ClinicName />
      <h1>You are signed out</h1>
      <p>Nothing that was open here is left in this tab.</p>
      <p>
        <a href="/login">Sign in</a>
      </p>
    </main>
  );
}

const response = await fetch("/me");
const root = document.getElementById("root");
if (!response.ok) signIn();
else if (root) {
  const { user, entryUrls }: Me = await response.json();
  const client = createCoviuClient({ baseUrl: "/api/coviu", entryUrls });
  createRoot(root).render(
    <StrictMode>
      <Clinic client={client} user={user} />
    </StrictMode>,
  );
}
