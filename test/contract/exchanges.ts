import * as core from "../../src/core.ts";
import { createSandbox, type Sandbox } from "../../src/sandbox/index.ts";
import { at, now, tokenOf } from "../sandbox/connect.ts";
import type { OperationStructure, Structure } from "./structureOf.ts";
import type { Exchange } from "./uncovered.ts";

const unknownId = "00000000-0000-4000-8000-000000000000";

/** Calls the ten functions with all parameters. `raw` has the sandbox's responses, `decoded` the functions' results. */
export async function exchangesOfTheClient(): Promise<{ raw: Exchange[]; decoded: Exchange[] }> {
  const sandbox = createSandbox({ now });
  const raw: Exchange[] = [];
  const decoded: Exchange[] = [];
  const client = core.createCoviuClient({
    ...sandbox,
    fetch: async (...request) => {
      const response = await sandbox.fetch(...request);
      raw.push({ ...lastOf(sandbox), response: await response.clone().json() });
      return response;
    },
  });
  async function record<Result>(call: Promise<Result>): Promise<Result> {
    const response = await call;
    decoded.push({ ...lastOf(sandbox), response });
    return response;
  }

  const participant = {
    display_name: "Mei-Ling Chen",
    role: "host",
    picture: "https://a.example/1.png",
    state: "chen",
  };
  const times = { start_time: at(60), end_time: at(90) };
  const session = { session_name: "Knee rehab", picture: "https://a.example/2.png", ...times };
  const { session_id } = await record(
    core.createSession(client, { ...session, feature_flags: ["-plugin;whiteboard"], participants: [participant] }),
  );
  const { participant_id } = await record(core.addParticipant(client, session_id, participant));
  await record(core.getParticipant(client, participant_id));
  await record(core.updateParticipant(client, participant_id, { ...participant, role: "guest" }));
  await record(core.removeParticipant(client, participant_id));
  await record(core.listParticipants(client, session_id, { deleted_participants: true }));
  await record(core.updateSession(client, session_id, { ...session, end_time: at(120) }));
  await record(core.getSession(client, session_id, { deleted_participants: true }));
  await record(core.cancelSession(client, session_id));
  const allFilters = { include_canceled: true, deleted_participants: true, order: "reverse", page_size: 200 } as const;
  const window = { start_time: at(-7 * 24 * 60), end_time: at(7 * 24 * 60), page: 0 };
  for (const state of ["chen", "clinician-chen"]) {
    await record(core.listSessions(client, { ...allFilters, ...window, state }));
  }
  return { raw, decoded };
}

/** Sends a request of an operation, with an existing or an unknown id. */
export async function send(
  sandbox: Sandbox,
  { method, path }: OperationStructure,
  { query = "", body, token, id }: { query?: string; body?: unknown; token?: string | undefined; id?: string } = {},
): Promise<Exchange> {
  const response = await sandbox.fetch(`${sandbox.baseUrl}${path.replace(/\{\w+\}/, id ?? unknownId)}?${query}`, {
    method,
    headers: { authorization: `Bearer ${token ?? (await tokenOf(sandbox))}` },
    ...(method !== "GET" && { body: JSON.stringify(body ?? {}) }),
  });
  return { ...lastOf(sandbox), response: await response.json() };
}

/** Creates a sandbox with one session of two participants, and finds their ids by the parameter of a path. */
export async function booked() {
  const sandbox = createSandbox({ now, seed: "none" });
  const participants = [{ display_name: "Mei-Ling Chen", role: "HOST" }, { display_name: "Ana Lee" }];
  const session = await core.createSession(core.createCoviuClient(sandbox), {
    start_time: at(60),
    end_time: at(90),
    participants,
  });
  const ids = { session_id: session.session_id, participant_id: session.participants?.[0]?.participant_id ?? "" };
  return { sandbox, idIn: (path: string) => (path.includes("session_id") ? ids.session_id : ids.participant_id) };
}

export interface BadRequest {
  operation: OperationStructure;
  /** The invalid parameter or field. */
  name: string;
  value: string;
  query?: string;
  body?: unknown;
}

/** Creates a request for each query parameter and body field, with an invalid value in it. */
export function badRequests({ operations, definitions }: Structure): BadRequest[] {
  return operations.flatMap((operation) =>
    operation.parameters.flatMap(({ name, in: place, type }): BadRequest[] => {
      if (place === "query") {
        const wrong = wrongTexts(type, name).map((value) => ({ value, query: `${name}=${value}` }));
        return [...wrong, { value: "twice", query: `${name}=1&${name}=1` }].map((bad) => ({ operation, name, ...bad }));
      }
      const { fields = {}, required = [] } = definitions[type] ?? {};
      const good = required.length > 0 ? { start_time: at(60), end_time: at(90) } : {};
      return [
        ...required.map((field) => ({ field, value: undefined })),
        ...Object.entries(fields).flatMap(([field, of]) => wrongValues(of, field).map((value) => ({ field, value }))),
      ].map(({ field, value }) => ({
        operation,
        name: field,
        value: JSON.stringify(value) ?? "nothing",
        body: { ...good, [field]: value },
      }));
    }),
  );
}

function wrongTexts(type: string, name: string): string[] {
  if (type === "integer") return ["4711x", "-4711", "47.11", ...(name === "page_size" ? ["0", "201"] : [])];
  if (name === "order") return ["sideways"];
  return type === "string" ? [] : ["soon-4711"];
}

function wrongValues(type: string, name: string): unknown[] {
  if (type.endsWith("[]")) return ["text-4711", [4711]];
  return name === "role" || type !== "string" ? ["soon-4711", 4711] : [4711, ["text-4711"]];
}

function lastOf(sandbox: Sandbox): Exchange {
  const entry = sandbox.log.entries().at(-1);
  if (!entry) throw new Error("nothing reached the sandbox");
  return entry;
}
