import { type Context, Hono } from "hono";

import { checkTimes, type Rule, sessionRules } from "../domain/lifecycle.ts";
import type { SandboxClock } from "./clock.ts";
import { type Dialect, participantBody, presentParticipants, sessionBody } from "./dialect.ts";
import {
  readBoolean,
  readInteger,
  readList,
  readName,
  readParticipant,
  readPersonFields,
  readText,
  readTextList,
  readTime,
  RequestError,
  toFields,
  toQuery,
} from "./input.ts";
import type { SandboxLogEntry } from "./log.ts";
import { operationOf } from "./operationOf.ts";
import { parseJson, readBody } from "./readBody.ts";
import type { Store, StoredSession, WrittenTime } from "./store.ts";
import type { Tokens } from "./token.ts";

interface AppOptions {
  store: Store;
  tokens: Tokens;
  clock: SandboxClock;
  dialect: Dialect;
  log: (entry: SandboxLogEntry) => void;
}

/** Creates the Session API as an app under `/v1`. It is called in the page or served over HTTP. */
export function createApp({ store, tokens, clock, dialect, log }: AppOptions): Hono {
  const app = new Hono().basePath("/v1");
  /** Bodies of requests with a valid token, parsed. */
  const bodies = new WeakMap<Context, unknown>();

  app.use(async (c, next) => {
    await next();
    const body = bodies.get(c);
    log({
      operation: operationOf(c.req.method, c.req.path),
      method: c.req.method,
      path: c.req.path,
      query: c.req.query(),
      ...(body !== undefined && { body }),
      status: c.res.status,
      time: clock.now().toISOString(),
    });
  });

  app.post("/auth/token", async (c) => {
    const basic = /^Basic (.+)$/.exec(c.req.header("authorization") ?? "")?.[1];
    if (basic !== tokens.basic) return errorResponse(c, 401, "The API key or its secret is wrong.");
    const form = new URLSearchParams(await readBody(c.req.raw));
    if (!c.req.header("content-type")?.startsWith("application/x-www-form-urlencoded")) {
      return errorResponse(c, 400, "The body must be application/x-www-form-urlencoded.");
    }
    const grant = form.get("grant_type");
    if (grant === "client_credentials") return c.json(tokens.issue());
    if (grant !== "refresh_token")
      return errorResponse(c, 400, "`grant_type` must be client_credentials or refresh_token.");
    const answer = tokens.redeem(form.get("refresh_token") ?? "");
    return answer ? c.json(answer) : errorResponse(c, 400, "`refresh_token` is no longer valid.");
  });

  app.use(async (c, next) => {
    const token = /^Bearer (.+)$/.exec(c.req.header("authorization") ?? "")?.[1] ?? "";
    if (tokens.accepts(token)) return next();
    return errorResponse(c, 401, "The access token is missing, expired or unknown.");
  });

  // After the token is checked: a body without a valid token is neither read nor logged.
  app.use(async (c, next) => {
    if (c.req.method !== "GET" && c.req.method !== "HEAD") bodies.set(c, parseJson(await readBody(c.req.raw)));
    return next();
  });

  app.get("/sessions", (c) => {
    const query = toQuery(c.req.queries());
    const page = readInteger(query, "page", {});
    const size = readInteger(query, "page_size", { min: 1, max: 200, fallback: 200 });
    const from = readTime(query, "start_time")?.at;
    const to = readTime(query, "end_time")?.at;
    const withCanceled = readBoolean(query, "include_canceled");
    const withDeleted = readBoolean(query, "deleted_participants");
    const { state, order = "forward" } = query;
    if (!["forward", "backwards", "reverse"].includes(order))
      throw new RequestError("`order` must be forward or reverse.");

    const found = store
      .sessions()
      .filter(
        ({ start, canceled, participants }) =>
          (!canceled || withCanceled) &&
          (!from || start.at >= from) &&
          (!to || start.at <= to) &&
          (state === undefined ||
            presentParticipants(participants, withDeleted).some((person) => person.state === state)),
      );
    if (from ?? to) found.sort((a, b) => a.start.at.getTime() - b.start.at.getTime());
    if (order !== "forward") found.reverse();
    const content = found.slice(page * size, (page + 1) * size);
    return c.json({
      content: content.map((session) => sessionBody(session, dialect, withDeleted)),
      more: found.length > (page + 1) * size,
      page,
      page_size: content.length,
      page_count: Math.ceil(found.length / size),
    });
  });

  app.post("/sessions", (c) => {
    const fields = toFields(jsonOf(c));
    const start = assertGiven(readTime(fields, "start_time"), "start_time");
    const end = assertGiven(readTime(fields, "end_time"), "end_time");
    assertValidTimes(start, end, true);
    const session = store.addSession({
      session_name: readName(fields, "session_name"),
      start,
      end,
      picture: readText(fields, "picture"),
      feature_flags: readTextList(fields, "feature_flags") ?? [],
      participants: (readList(fields, "participants") ?? []).map((person) => readParticipant(person, "participants")),
    });
    return c.json(sessionBody(session, dialect, false));
  });

  app.get("/sessions/:id", (c) => {
    const withDeleted = readBoolean(toQuery(c.req.queries()), "deleted_participants");
    const session = store.session(c.req.param("id"));
    if (!session) return errorResponse(c, 404, "There is no such session.");
    if (session.canceled) return canceledResponse(c);
    return c.json(sessionBody(session, dialect, withDeleted));
  });

  app.put("/sessions/:id", (c) => {
    const session = store.session(c.req.param("id"));
    if (!session || session.canceled)
      return session ? canceledResponse(c) : errorResponse(c, 404, "There is no such session.");
    const fields = toFields(jsonOf(c));
    const rules = rulesOf(session);
    assertAllowed(rules.edit, "changed");
    const start = readTime(fields, "start_time") ?? session.start;
    const end = readTime(fields, "end_time") ?? session.end;
    const startMoved = start.at.getTime() !== session.start.at.getTime();
    if (startMoved) assertAllowed(rules.move, "moved");
    assertValidTimes(start, end, startMoved);
    // All fields are read before the first is changed: an invalid request leaves the session unchanged.
    Object.assign(session, {
      session_name: readName(fields, "session_name") ?? session.session_name,
      picture: readText(fields, "picture") ?? session.picture,
      start,
      end,
    });
    return c.json(sessionBody(session, dialect, false));
  });

  app.delete("/sessions/:id", (c) => {
    const session = store.session(c.req.param("id"));
    if (!session || session.canceled)
      return session ? canceledResponse(c) : errorResponse(c, 404, "There is no such session.");
    assertAllowed(rulesOf(session).cancel, "canceled");
    session.canceled = clock.now();
    return c.json({ ok: true });
  });

  app.get("/sessions/:id/participants", (c) => {
    const withDeleted = readBoolean(toQuery(c.req.queries()), "deleted_participants");
    const session = store.session(c.req.param("id"));
    if (!session || session.canceled)
      return session ? canceledResponse(c) : errorResponse(c, 404, "There is no such session.");
    const content = presentParticipants(session.participants, withDeleted).map((person) =>
      participantBody(session, person),
    );
    if (dialect === "observed") return c.json(content);
    return c.json({ content, more: false, page: 0, page_size: content.length, page_count: 1 });
  });

  app.post("/sessions/:id/participants", (c) => {
    const session = store.session(c.req.param("id"));
    if (!session || session.canceled)
      return session ? canceledResponse(c) : errorResponse(c, 404, "There is no such session.");
    assertAllowed(rulesOf(session).addPeople, "joined by more people");
    return c.json(participantBody(session, store.addParticipant(session, readParticipant(jsonOf(c)))));
  });

  app.get("/participants/:id", (c) => {
    const found = findParticipant(c.req.param("id"));
    return found ? c.json(participantBody(found.session, found.participant)) : participantNotFound(c);
  });

  app.put("/participants/:id", (c) => {
    const found = findParticipant(c.req.param("id"));
    if (!found) return participantNotFound(c);
    const fields = toFields(jsonOf(c));
    assertAllowed(rulesOf(found.session).changePeople, "changed");
    const { participant: person } = found;
    Object.assign(person, readPersonFields(fields));
    return c.json(participantBody(found.session, person));
  });

  app.delete("/participants/:id", (c) => {
    const found = findParticipant(c.req.param("id"));
    if (!found) return participantNotFound(c);
    assertAllowed(rulesOf(found.session).removePeople, "changed");
    found.participant.deleted_at = clock.now();
    return c.json({ ok: true });
  });

  app.notFound((c) => errorResponse(c, 404, "There is no such operation."));
  app.onError((error, c) =>
    error instanceof RequestError
      ? errorResponse(c, error.status, error.message)
      : errorResponse(c, 500, "The sandbox failed."),
  );

  function rulesOf(session: StoredSession) {
    const times = { start_time: session.start.at.toISOString(), end_time: session.end.at.toISOString() };
    return sessionRules({ ...times, canceled_time: session.canceled?.toISOString() }, clock.now());
  }

  function assertValidTimes(start: WrittenTime, end: WrittenTime, startMoved: boolean): void {
    const problem = checkTimes({ start: start.at, end: end.at, now: clock.now(), startMoved });
    if (problem === "start-in-past") throw new RequestError("`start_time` must be in the future.");
    if (problem === "end-before-start") throw new RequestError("`end_time` must be after `start_time`.");
  }

  function jsonOf(c: Context): unknown {
    const body = bodies.get(c);
    if (body === undefined) throw new RequestError("The body must be JSON.");
    return body;
  }

  /** Response for a canceled session, which still exists but can not be read by its id. */
  function canceledResponse(c: Context) {
    return errorResponse(c, dialect === "observed" ? 401 : 404, "This session has been canceled.");
  }

  function findParticipant(participantId: string) {
    const found = store.participant(participantId);
    return found && !found.participant.deleted_at && !found.session.canceled ? found : undefined;
  }

  function participantNotFound(c: Context) {
    return errorResponse(c, 404, "There is no such participant.");
  }

  return app;
}

function errorResponse(c: Context, status: 400 | 401 | 404 | 413 | 415 | 500, message: string) {
  return c.json({ error: { message } }, status);
}

function assertGiven(value: WrittenTime | undefined, name: string): WrittenTime {
  if (!value) throw new RequestError(`\`${name}\` is required.`);
  return value;
}

function assertAllowed(rule: Rule, change: string): void {
  if (!rule.allowed) throw new RequestError(`This session can not be ${change}: ${rule.reason ?? "it is over"}.`);
}
