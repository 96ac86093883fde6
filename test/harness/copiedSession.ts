import type { Session } from "../../src/api/schemas.ts";

/** Session that a booking form copies, so that nothing has to be typed. */
export const copiedSession: Session = {
  session_id: "before",
  session_name: "Knee rehab",
  start_time: "2026-01-05T23:00:00.000Z",
  end_time: "2026-01-05T23:30:00.000Z",
  participants: [{ participant_id: "before", display_name: "Dr Amara Okafor", role: "HOST" }],
};
