"use client";
import { CoviuProvider, createCoviuClient, FrontDesk } from "coviu-react";
import "coviu-react/styles.css";
const client = createCoviuClient({ baseUrl: `${process.env.NEXT_PUBLIC_BASE ?? ""}/api/coviu` });
export function Sessions() {
  return (
    <CoviuProvider client={client} timeZone="Australia/Sydney" locale="en-AU">
      <FrontDesk />
    </CoviuProvider>
  );
}
