import { act, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";

import { useSessionScheduler } from "../../src/index.ts";
import { copiedSession } from "../harness/copiedSession.ts";
import { renderWithCoviu } from "../render.tsx";

/** View of an app that shows its submit button all the time. */
function OwnView() {
  const form = useSessionScheduler({ copyOf: copiedSession });
  return (
    <>
      <button onClick={form.submit}>Submit</button>
      {form.kind === "booking" && form.unconfirmed && <button onClick={form.unconfirmed.check}>Check</button>}
      {form.scheduled && <p>Booked</p>}
    </>
  );
}

afterEach(() => void vi.useRealTimers());

it("sends nothing on submit while a booking is unconfirmed, and one request on check", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const { sandbox, user } = renderWithCoviu(<OwnView />);
  sandbox.faults.next({ operation: "createSession", status: 500 });
  await user.click(screen.getByRole("button", { name: "Submit" }));
  await act(() => vi.advanceTimersByTimeAsync(6100));
  const check = await screen.findByRole("button", { name: "Check" });
  sandbox.log.clear();
  await user.click(screen.getByRole("button", { name: "Submit" }));
  await act(() => vi.advanceTimersByTimeAsync(1000));
  expect(sandbox.log.entries()).toEqual([]);
  await user.click(check);
  await waitFor(() => expect(sandbox.log.count({ operation: "getSessionPage" })).toBe(1));
  expect(sandbox.log.count({ operation: "createSession" })).toBe(0);
});
