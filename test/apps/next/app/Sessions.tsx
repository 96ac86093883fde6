"use client"; // only Next.js needs this line
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
