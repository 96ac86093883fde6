import "@testing-library/jest-dom";

import { configure, fireEvent, render, screen } from "@testing-library/react";
import { CoviuProvider, createCoviuClient, createSession, FrontDesk } from "coviu-react";
import { createSandbox } from "coviu-react/sandbox";

jest.setTimeout(60_000);
configure({ asyncUtilTimeout: 30_000 });

function open() {
  const sandbox = createSandbox({ now: "2026-01-11T22:52:00Z" });
  const client = createCoviuClient(sandbox);
  const props = { client, now: sandbox.clock.now, timeZone: "Australia/Sydney", locale: "en-AU" };
  const desk = (
    <CoviuProvider {...props}>
      <FrontDesk />
    </CoviuProvider>
  );
  return { sandbox, client, desk };
}

it("shows the next session", async () => {
  render(open().desk);
  expect(await screen.findByText("Case conference")).toBeVisible();
});

it("shows a session that was booked with the client", async () => {
  const { sandbox, client, desk } = open();
  const times = { start_time: "2026-01-12T03:00:00Z", end_time: "2026-01-12T03:30:00Z" };
  await createSession(client, { session_name: "Booked in Jest", ...times });
  render(desk);
  expect(await screen.findByText("Booked in Jest")).toBeVisible();
  expect(sandbox.log.count({ operation: "createSession" })).toBe(1);
});

it("shows a message when the service fails, and the sessions after Try again", async () => {
  const { sandbox, desk } = open();
  sandbox.faults.next({ operation: "getSessionPage", status: 500, times: 3 });
  render(desk);
  expect(await screen.findByText("The service had a problem")).toBeVisible();
  fireEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByText("Case conference")).toBeVisible();
});
