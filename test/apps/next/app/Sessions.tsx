"use client"; // for Next.js; other frameworks ignore it
import { CoviuProvider, createCoviuClient, FrontDesk } from "coviu-react";
import "coviu-react/styles.css";
const client = createCoviuClient({ baseUrl: "/api/coviu" });
export function Sessions() {
  return (
    <CoviuProvider client={client} timeZone="Australia/Sydney" locale="en-AU">
      <FrontDesk />
    </CoviuProvider>
  );
}
