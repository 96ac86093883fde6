import { useEffect, useState } from "react";

import type { ConnectionState } from "../../api/connection.ts";
import { useCoviuConnection } from "../../hooks/useCoviuConnection.ts";

/** State of the connection for users. `back` follows `down` and `signed-in` follows `signed-out`, for a short time. */
export type AnnouncedConnection = ConnectionState | "back" | "signed-in";

/** Time in ms that a connection has to last before it is announced. By then everything is read again. */
const settlingMs = 2500;
/** Time in ms for which `back` and `signed-in` are shown. */
const shownMs = 5000;

/** State of the connection for users. A failure is reported at once, a recovery when it lasts. */
export function useAnnouncedConnection(): AnnouncedConnection {
  const connection = useCoviuConnection();
  const [state, setState] = useState<AnnouncedConnection>(connection);
  if (connection !== "up" && state !== connection) setState(connection);

  useEffect(() => {
    if (connection !== "up" || state === "up") return undefined;
    const [next, waitMs] = nextOf(state);
    const timer = setTimeout(() => setState(next), waitMs);
    return () => clearTimeout(timer);
  }, [connection, state]);

  return state;
}

function nextOf(state: AnnouncedConnection): [AnnouncedConnection, number] {
  if (state === "down") return ["back", settlingMs];
  return state === "signed-out" ? ["signed-in", 0] : ["up", shownMs];
}
