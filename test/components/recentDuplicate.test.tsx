import { fireEvent, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { expect, it } from "vitest";

import { RecentDuplicateNotice } from "../../src/components/SessionScheduler/RecentDuplicateNotice.tsx";
import { createCoviuClient, createSession, type Session } from "../../src/core.ts";
import { useCancelSession, useSession, useSessions } from "../../src/index.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { renderWithCoviu, testNow } from "../render.tsx";

/** The form has made the first of two that are alike, which is open beside it; both can be canceled elsewhere. */
function Desk() {
  const [booked, setBooked] = useState<Session>();
  const { data } = useSessions();
  useSession(booked?.session_id);
  const cancel = useCancelSession();
  const [first, second] = data?.content ?? [];
  if (!booked && first) setBooked(first);
  return (
    <>
      <RecentDuplicateNotice recent={booked ? [booked] : []} requests={[]} />
      {[first, second].map(
        (session, index) =>
          session && (
            <button key={session.session_id} onClick={() => cancel.mutate({ sessionId: session.session_id })}>
              {`Cancel number ${index + 1}`}
            </button>
          ),
      )}
    </>
  );
}

it.each(["Cancel number 1", "Cancel number 2"])("is no longer announced after %s", async (name) => {
  const sandbox = createSandbox({ now: testNow, seed: "none" });
  const client = createCoviuClient(sandbox);
  const booking = {
    session_name: "Hand therapy",
    start_time: "2026-01-11T23:30:00Z",
    end_time: "2026-01-11T23:45:00Z",
    participants: [{ display_name: "Ana Lee" }],
  };
  await createSession(client, booking);
  await createSession(client, booking);
  renderWithCoviu(<Desk />, { sandbox, client });
  expect(await screen.findByText("This session is booked twice")).toBeVisible();
  fireEvent.click(screen.getByRole("button", { name }));
  await waitFor(() => expect(sandbox.log.count({ operation: "deleteSession" })).toBe(1));
  await waitFor(() => expect(screen.queryByText("This session is booked twice")).not.toBeInTheDocument());
});
