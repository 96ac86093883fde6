import { useEffect, useState } from "react";

import type { ConnectionState } from "../../api/connection.ts";
import { useCoviuConnection } from "../../hooks/useCoviuConnection.ts";

/** `back` is a while of good news after `down`, `signed-in` after `signed-out`. */
export type ToldConnection = ConnectionState | "back" | "signed-in";

/** A line that comes and goes has to hold for so long before anybody is told; by then everything is read again. */
const settling = 2500;
const told = 5000;

/** The connection as people are told of it: news at once, good news when it holds, and for a while. */
export function useToldConnection(): ToldConnection {
  const connection = useCoviuConnection();
  const [state, setState] = useState<ToldConnection>(connection);
  if (connection !== "up" && state !== connection) setState(connection);

  useEffect(() => {
    if (connection !== "up" || state === "up") return undefined;
    const [next, wait] = nextOf(state);
    const timer = setTimeout(() => setState(next), wait);
    return () => clearTimeout(timer);
  }, [connection, state]);

  return state;
}

function nextOf(state: ToldConnection): [ToldConnection, number] {
  if (state === "down") return ["back", settling];
  return state === "signed-out" ? ["signed-in", 0] : ["up", told];
}
