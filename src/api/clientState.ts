import type { CoviuClient } from "./client.ts";

type Create<State> = (client: CoviuClient, ended: AbortSignal) => State;

interface ClientRecord {
  ended: AbortSignal;
  states: Map<Create<unknown>, unknown>;
}

/** Everything that the kit keeps for a client. A client that is no longer used takes it along. */
const records = new WeakMap<CoviuClient, ClientRecord>();

/**
 * Defines a state that every client has one of, such as its pending writes. Returns the function that gives the state of a
 * client, which is created when it is first asked for. `ended` is aborted when the client ends: a state drops there what
 * names people.
 */
export function clientState<State>(create: Create<State>): (client: CoviuClient) => State {
  return (client) => {
    const { states, ended } = recordOf(client);
    if (!states.has(create)) states.set(create, create(client, ended));
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- put there under the same key
    return states.get(create) as State;
  };
}

function recordOf(client: CoviuClient): ClientRecord {
  const known = records.get(client);
  if (known) return known;
  const { connection } = client;
  const ending = new AbortController();
  connection.subscribe(() => {
    if (connection.state === "ended") ending.abort();
  });
  const record = { ended: ending.signal, states: new Map() };
  records.set(client, record);
  return record;
}
