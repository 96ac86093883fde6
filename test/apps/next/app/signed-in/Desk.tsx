"use client";
import { CoviuProvider, createCoviuClient, FrontDesk } from "coviu-react";
import "coviu-react/styles.css";
const client = createCoviuClient({ baseUrl: "/api/coviu" });
const signIn = () => location.assign("/login");
export function Desk({ user }: { user: { id: string; name: string } }) {
  return (
    <CoviuProvider client={client} timeZone="Australia/Sydney" locale="en-AU">
      <FrontDesk className="p-8" joinAs={user.id} host={{ state: user.id, name: user.name }} onSignIn={signIn} />
    </CoviuProvider>
  );
}
