"use client";
import { CoviuProvider, createCoviuClient, FrontDesk } from "coviu-react";
import { createSandbox } from "coviu-react/sandbox";
import "coviu-react/styles.css";
const client = createCoviuClient(createSandbox());
export default function Trial() {
  return (
    <CoviuProvider client={client} timeZone="Australia/Sydney" locale="en-AU">
      <FrontDesk />
    </CoviuProvider>
  );
}
