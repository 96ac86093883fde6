import { type CoviuClient, createSession, type SessionCreationRequest } from "../../src/core.ts";
import { inHours } from "./testTime.ts";

/** Books "Knee rehab", tomorrow for an hour, with Mei-Ling Chen as host and Ana Lee as guest. */
export async function bookSession(client: CoviuClient, request: Partial<SessionCreationRequest> = {}) {
  const session = await createSession(client, {
    session_name: "Knee rehab",
    start_time: inHours(24),
    end_time: inHours(25),
    participants: [
      { display_name: "Mei-Ling Chen", role: "host" },
      { display_name: "Ana Lee", role: "guest" },
    ],
    ...request,
  });
  return { sessionId: session.session_id, participantId: session.participants?.[1]?.participant_id ?? "" };
}
