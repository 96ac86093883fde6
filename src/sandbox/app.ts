import { type Context, Hono } from "hono";

import { checkTimes, type Rule, sessionRules } from "../domain/lifecycle.ts";
import type { SandboxClock } from "./clock.ts";
import { type Dialect, participantAnswer, people, sessionAnswer } from "./dialect.ts";
import {
  fieldsOf,
  flag,
  list,
  nameIn,
  participant,
  queryOf,
  Refusal,
  roleIn,
  text,
  texts,
  time,
  whole,
} from "./input.ts";
import type { SandboxLogEntry } from "./log.ts";
import { operationOf } from "./operationOf.ts";
import { parseJson, readText } from "./readBody.ts";
import type { Store, StoredSession, WrittenTime } from "./store.ts";
import type { Tokens } from "./token.ts";

interface Parts {
  store: Store;
  tokens: Tokens;
  clock: SandboxClock;
  dialect: Dialect;
  log: (entry: SandboxLogEntry) => void;
}

/** The Session API as an app: mounted under `/v1`, called in the page or served over HTTP. */
export function createApp({ store, tokens, clock, dialect, log }: Parts): Hono {
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
    if (basic !== tokens.basic) return refuse(c, 401, "The API key or its secret is wrong.");
    const form = new URLSearchParams(await readText(c.req.raw));
    if (!c.req.header("content-type")?.startsWith("application/x-www-form-urlencoded")) {
      return refuse(c, 400, "The body must be application/x-www-form-urlencoded.");
    }
    const grant = form.get("grant_type");
    if (grant === "client_credentials") return c.json(tokens.issue());
    if (grant !== "refresh_token") return refuse(c, 400, "`grant_type` must be client_credentials or refresh_token.");
    const answer = tokens.redeem(form.get("refresh_token") ?? "");
    return answer ? c.json(answer) : refuse(c, 400, "`refresh_token` is not valid any more.");
  });

  app.use(async (c, next) => {
    const token = /^Bearer (.+)$/.exec(c.req.header("authorization") ?? "")?.[1] ?? "";
    if (tokens.accepts(token)) return next();
    return refuse(c, 401, "The access token is missing, expired or not of this service.");
  });

  // After the token was checked: a stranger's body is neither read nor kept.
  app.use(async (c, next) => {
    if (c.req.method !== "GET" && c.req.method !== "HEAD") bodies.set(c, parseJson(await readText(c.req.raw)));
    return next();
  });

  app.get("/sessions", (c) => {
    const query = queryOf(c.req.queries());
    const page = whole(query, "page", {});
    const size = whole(query, "page_size", { least: 1, most: 200, otherwise: 200 });
    const from = time(query, "start_time")?.at;
    const to = time(query, "end_time")?.at;
    const withCanceled = flag(query, "include_canceled");
    const withDeleted = flag(query, "deleted_participants");
    const { state, order = "forward" } = query;
    if (!["forward", "backwards", "reverse"].includes(order)) throw new Refusal("`order` must be forward or reverse.");

    const found = store
      .sessions()
      .filter(
        ({ start, canceled, participants }) =>
          (!canceled || withCanceled) &&
          (!from || start.at >= from) &&
          (!to || start.at <= to) &&
          (state === undefined || people(participants, withDeleted).some((person) => person.state === state)),
      );
    if (from ?? to) found.sort((a, b) => a.start.at.getTime() - b.start.at.getTime());
    if (order !== "forward") found.reverse();
    const content = found.slice(page * size, (page + 1) * size);
    return c.json({
      content: content.map((session) => sessionAnswer(session, dialect, withDeleted)),
      more: found.length > (page + 1) * size,
      page,
      page_size: content.length,
      page_count: Math.ceil(found.length / size),
    });
  });

  app.post("/sessions", (c) => {
    const fields = fieldsOf(jsonOf(c));
    const start = required(time(fields, "start_time"), "start_time");
    const end = required(time(fields, "end_time"), "end_time");
    checked(start, end, true);
    const session = store.addSession({
      session_name: nameIn(fields, "session_name"),
      start,
      end,
      picture: text(fields, "picture"),
      feature_flags: texts(fields, "feature_flags") ?? [],
      participants: (list(fields, "participants") ?? []).map((person) => participant(person, "participants")),
    });
    return c.json(sessionAnswer(session, dialect, false));
  });

  app.get("/sessions/:id", (c) => {
    const withDeleted = flag(queryOf(c.req.queries()), "deleted_participants");
    const session = store.session(c.req.param("id"));
    if (!session) return refuse(c, 404, "There is no such session.");
    if (session.canceled) return goneAnswer(c);
    return c.json(sessionAnswer(session, dialect, withDeleted));
  });

  app.put("/sessions/:id", (c) => {
    const session = store.session(c.req.param("id"));
    if (!session || session.canceled) return session ? goneAnswer(c) : refuse(c, 404, "There is no such session.");
    const fields = fieldsOf(jsonOf(c));
    const rules = rulesOf(session);
    allowed(rules.edit, "changed");
    const start = time(fields, "start_time") ?? session.start;
    const end = time(fields, "end_time") ?? session.end;
    const startMoved = start.at.getTime() !== session.start.at.getTime();
    if (startMoved) allowed(rules.move, "moved");
    checked(start, end, startMoved);
    // All fields are read before any is changed: a refusal leaves the session as it was.
    Object.assign(session, {
      session_name: nameIn(fields, "session_name") ?? session.session_name,
      picture: text(fields, "picture") ?? session.picture,
      start,
      end,
    });
    return c.json(sessionAnswer(session, dialect, false));
  });

  app.delete("/sessions/:id", (c) => {
    const session = store.session(c.req.param("id"));
    if (!session || session.canceled) return session ? goneAnswer(c) : refuse(c, 404, "There is no such session.");
    allowed(rulesOf(session).cancel, "canceled");
    session.canceled = clock.now();
    return c.json({ ok: true });
  });

  app.get("/sessions/:id/participants", (c) => {
    const withDeleted = flag(queryOf(c.req.queries()), "deleted_participants");
    const session = store.session(c.req.param("id"));
    if (!session || session.canceled) return session ? goneAnswer(c) : refuse(c, 404, "There is no such session.");
    const content = people(session.participants, withDeleted).map((person) => participantAnswer(session, person));
    if (dialect === "observed") return c.json(content);
    return c.json({ content, more: false, page: 0, page_size: content.length, page_count: 1 });
  });

  app.post("/sessions/:id/participants", (c) => {
    const session = store.session(c.req.param("id"));
    if (!session || session.canceled) return session ? goneAnswer(c) : refuse(c, 404, "There is no such session.");
    allowed(rulesOf(session).addPeople, "joined by more people");
    return c.json(participantAnswer(session, store.addParticipant(session, participant(jsonOf(c)))));
  });

  app.get("/participants/:id", (c) => {
    const found = presentPerson(c.req.param("id"));
    return found ? c.json(participantAnswer(found.session, found.participant)) : noPerson(c);
  });

  app.put("/participants/:id", (c) => {
    const found = presentPerson(c.req.param("id"));
    if (!found) return noPerson(c);
    const fields = fieldsOf(jsonOf(c));
    allowed(rulesOf(found.session).changePeople, "changed");
    const { participant: person } = found;
    Object.assign(person, {
      display_name: nameIn(fields, "display_name") ?? person.display_name,
      role: roleIn(fields) ?? person.role,
      picture: text(fields, "picture") ?? person.picture,
      state: text(fields, "state") ?? person.state,
    });
    return c.json(participantAnswer(found.session, person));
  });

  app.delete("/participants/:id", (c) => {
    const found = presentPerson(c.req.param("id"));
    if (!found) return noPerson(c);
    allowed(rulesOf(found.session).removePeople, "changed");
    found.participant.deleted_at = clock.now();
    return c.json({ ok: true });
  });

  app.notFound((c) => refuse(c, 404, "There is no such operation."));
  app.onError((error, c) =>
    error instanceof Refusal ? refuse(c, error.status, error.message) : refuse(c, 500, "The sandbox failed."),
  );

  function rulesOf(session: StoredSession) {
    const times = { start_time: session.start.at.toISOString(), end_time: session.end.at.toISOString() };
    return sessionRules({ ...times, canceled_time: session.canceled?.toISOString() }, clock.now());
  }

  function checked(start: WrittenTime, end: WrittenTime, startMoved: boolean): void {
    const problem = checkTimes({ start: start.at, end: end.at, now: clock.now(), startMoved });
    if (problem === "start-in-past") throw new Refusal("`start_time` must be in the future.");
    if (problem === "end-before-start") throw new Refusal("`end_time` must be after `start_time`.");
  }

  function jsonOf(c: Context): unknown {
    const body = bodies.get(c);
    if (body === undefined) throw new Refusal("The body must be JSON.");
    return body;
  }

  /** A canceled session still exists, but can no longer be seen by its id. */
  function goneAnswer(c: Context) {
    return refuse(c, dialect === "observed" ? 401 : 404, "This session has been canceled.");
  }

  function presentPerson(participantId: string) {
    const found = store.participant(participantId);
    return found && !found.participant.deleted_at && !found.session.canceled ? found : undefined;
  }

  function noPerson(c: Context) {
    return refuse(c, 404, "There is no such participant.");
  }

  return app;
}

function refuse(c: Context, status: 400 | 401 | 404 | 413 | 415 | 500, message: string) {
  return c.json({ error: { message } }, status);
}

function required(value: WrittenTime | undefined, name: string): WrittenTime {
  if (!value) throw new Refusal(`\`${name}\` is required.`);
  return value;
}

function allowed(rule: Rule, done: string): void {
  if (!rule.allowed) throw new Refusal(`This session can not be ${done}: ${rule.reason ?? "it is over"}.`);
}
