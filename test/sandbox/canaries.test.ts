// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { createCoviuClient, createSession, listSessions, updateParticipant } from "../../src/core.ts";
import {
  type Canary,
  type CanaryChannel,
  createSandbox,
  type WatchCanariesOptions,
  watchCanaries,
} from "../../src/sandbox/index.ts";
import { at, now, tokenOf } from "./connect.ts";

const name = 'Zoë "Zed" Quillfeather & Söhne';
const id = "7d3f1c52-9b1e-4c9a-8f60-2f7be1a3c001";
const link = `https://coviu.com/session/${id}`;
const token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.c2lnbmF0dXJlLW9mLWEtY2FuYXJ5";
const secrets: Canary[] = [
  { kind: "name", value: name },
  { kind: "participant-id", value: id },
  { kind: "entry-link", value: link },
  { kind: "token", value: token },
];
const api = "https://api.example/v1";

const cleanups: (() => void)[] = [];
function watch(options: Partial<WatchCanariesOptions> = {}) {
  const watching = watchCanaries({ canaries: secrets, ...options });
  cleanups.push(watching.stop);
  return watching;
}

beforeEach(() => {
  vi.stubGlobal("fetch", () => Promise.resolve(new Response()));
});

afterEach(() => {
  for (const end of cleanups.splice(0)) end();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  document.body.replaceChildren();
  document.title = "";
  window.name = "";
  localStorage.clear();
  sessionStorage.clear();
  history.replaceState(null, "", "/");
  for (const cookie of document.cookie.split("; ")) document.cookie = `${cookie.split("=")[0]}=; max-age=0`;
});

function add(tag: string, attributes: Record<string, string>, text = ""): HTMLElement {
  const element = document.createElement(tag);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  element.textContent = text;
  document.body.append(element);
  return element;
}

/** Writes and removes a value within one task. */
const writeBriefly = (area: Storage) => {
  area.setItem("draft", id);
  area.removeItem("draft");
};

const leaks: [CanaryChannel, string, string, () => unknown][] = [
  ["localStorage", "a stored value", 'localStorage "draft"', () => localStorage.setItem("draft", id)],
  ["localStorage", "a key", 'localStorage "seen-‹participant-id›"', () => localStorage.setItem(`seen-${id}`, "1")],
  ["localStorage", "a property", 'localStorage "draft"', () => Object.assign(localStorage, { draft: id })],
  ["localStorage", "a value removed at once", 'localStorage "draft"', () => writeBriefly(localStorage)],
  ["sessionStorage", "a stored value", 'sessionStorage "draft"', () => sessionStorage.setItem("draft", id)],
  ["sessionStorage", "a value removed at once", 'sessionStorage "draft"', () => writeBriefly(sessionStorage)],
  ["cookie", "of this path", "document.cookie", () => (document.cookie = `last=${id}`)],
  ["cookie", "of another path", "document.cookie", () => (document.cookie = `last=${id}; path=/elsewhere`)],
  ["location", "a path", "location", () => history.replaceState(null, "", `/participants/${id}`)],
  ["location", "a hash", "location", () => (location.hash = id)],
  ["location", "an earlier one", "history.pushState", () => history.pushState(null, "", `/participants/${id}`)],
  ["history", "a state", "history.state", () => history.replaceState({ participants: [{ id }] }, "")],
  ["history", "an earlier state", "history.pushState", () => history.pushState({ id }, "")],
  ["title", "the title", "document.title", () => (document.title = `Session of ${name}`)],
  ["windowName", "window.name", "window.name", () => (window.name = id)],
  ["attribute", "a test id", "div[data-testid]", () => add("div", { "data-testid": id })],
  ["attribute", "an id", "p#‹participant-id›[id]", () => add("p", { id })],
  ["attribute", "a link outside data-private", "a.join[href]", () => add("a", { class: "join", href: link })],
  ["attribute", "a name in a data attribute", "li[data-name]", () => add("li", { "data-name": name })],
  ["attribute", "a form's value", "input[value]", () => Object.assign(add("input", {}), { value: id })],
  ["attribute", "a picture", "img[src]", () => add("img", { src: `https://pictures.example/${id}.png` })],
  ["text", "a link outside data-private", "p", () => add("p", {}, link)],
  ["text", "JSON in a script", "script", () => add("script", { type: "application/json" }, JSON.stringify({ id }))],
  ["text", "a name in a template", "template", () => add("template", {}, `${name}, 40`)],
  [
    "attribute",
    "a link in another attribute of data-private",
    "a[title]",
    () => add("a", { title: link, "data-private": "" }),
  ],
  ["text", "a comment", "body", () => document.body.append(document.createComment(id))],
  ["text", "in a shadow root", "the document", () => add("div", {}).attachShadow({ mode: "open" }).append(id)],
  [
    "request",
    "a path",
    "GET https://stats.example/‹participant-id›, address",
    () => fetch(`https://stats.example/${id}`),
  ],
  ["request", "a query", "GET https://stats.example/, query", () => fetch(`https://stats.example/?q=${id}`)],
  [
    "request",
    "a header",
    "GET https://stats.example/, x-participant",
    () => fetch("https://stats.example/", { headers: { "X-Participant": id } }),
  ],
  [
    "request",
    "a body",
    "POST https://stats.example/, body",
    () => fetch("https://stats.example/", { method: "POST", body: id }),
  ],
  [
    "request",
    "a Request object",
    "POST https://stats.example/, body",
    () => fetch(new Request("https://stats.example/", { method: "POST", body: id })),
  ],
  [
    "request",
    "a form",
    "POST https://stats.example/, body",
    () => {
      const body = new FormData();
      body.set("file", new Blob([id]));
      return fetch("https://stats.example/", { method: "POST", body });
    },
  ],
  ["referrer", "of a request", "fetch", () => fetch("https://stats.example/", { referrer: `/participants/${id}` })],
];

const thrown = (): Error => Object.assign(new Error("no"), { config: { url: `/participants/${id}` } });

describe("watchCanaries", () => {
  it.each(leaks)("finds in %s: %s", async (channel, _, where, leak) => {
    const watching = watch();
    await leak();
    const found = await watching.found();
    expect(found).toContainEqual(expect.objectContaining({ channel, where, form: "plain" }));
    expect(found.filter((finding) => finding.channel !== channel)).toEqual([]);
    expect(JSON.stringify(found)).not.toMatch(/7d3f1c52|Quillfeather/);
  });

  it("finds a secret in every method of the console", async () => {
    const methods = Object.entries(console).flatMap(([method, value]) => (typeof value === "function" ? [method] : []));
    vi.stubGlobal("console", Object.fromEntries(methods.map((method) => [method, () => {}])));
    const watching = watch();
    for (const method of methods)
      Reflect.apply(Reflect.get(console, method), console, ["%s", { deep: new Map([[1, id]]) }]);
    expect((await watching.found()).map(({ channel, where }) => `${channel} ${where}`)).toEqual(
      methods.map((method) => `console console.${method}`),
    );
    expect(methods).toEqual(expect.arrayContaining(["log", "error", "warn", "info", "debug", "trace", "table", "dir"]));
  });

  it.each([
    ["its message", () => new Error(`no ${id}`)],
    ["its cause", () => new Error("no", { cause: new Error(id) })],
    ["its fields", thrown],
    ["its JSON", () => ({ toJSON: () => ({ id }) })],
    ["a request in it", () => ({ request: new Request("https://api.example", { headers: { authorization: id } }) })],
    ["errors in it", () => new AggregateError([thrown()])],
  ])("finds a secret in an uncaught error: %s", async (_, make) => {
    const watching = watch();
    const error = make();
    // The page handles its errors, so that they are not printed too.
    const handled = (event: ErrorEvent) => event.preventDefault();
    window.addEventListener("error", handled);
    window.dispatchEvent(new ErrorEvent("error", { error, message: "no", cancelable: true }));
    window.removeEventListener("error", handled);
    window.dispatchEvent(Object.assign(new Event("unhandledrejection"), { reason: error }));
    expect((await watching.found()).map(({ channel, where }) => `${channel} ${where}`)).toEqual([
      "error error",
      "error unhandledrejection",
    ]);
  });

  it("finds a secret in an unhandled rejection of Node", async () => {
    const listeners = process.listeners("unhandledRejection");
    process.removeAllListeners("unhandledRejection");
    process.on("unhandledRejection", () => {});
    const watching = watch();
    process.emit("unhandledRejection", new Error(id), Promise.resolve());
    // The types do not allow emitting this event.
    Reflect.apply(Reflect.get(process, "emit"), process, ["uncaughtExceptionMonitor", new Error(name)]);
    expect(await watching.found()).toMatchObject([
      { channel: "error", where: "unhandledrejection", kind: "participant-id" },
      { channel: "error", where: "error", kind: "name" },
    ]);
    watching.stop();
    expect(process.listenerCount("unhandledRejection")).toBe(1);
    process.removeAllListeners("unhandledRejection");
    for (const listener of listeners) process.on("unhandledRejection", listener);
  });

  it("finds a secret in XHR, beacons and inspected values", async () => {
    const sent = vi.spyOn(XMLHttpRequest.prototype, "send").mockImplementation(() => {});
    Object.assign(Navigator.prototype, { sendBeacon: () => true });
    const watching = watch();
    const request = new XMLHttpRequest();
    request.open("PUT", `https://stats.example/?q=${id}`);
    request.setRequestHeader("X-Participant", name.replaceAll("ö", "o").replaceAll("ë", "e"));
    request.setRequestHeader("X-Token", token);
    request.send(JSON.stringify({ name }));
    navigator.sendBeacon("https://stats.example/", new Blob([JSON.stringify({ link })]));
    watching.inspect("the error report", { extra: { link } });
    expect(sent).toHaveBeenCalledTimes(1);
    expect((await watching.found()).map(({ where, kind, form }) => `${where}: ${kind}, ${form}`).toSorted()).toEqual([
      "POST https://stats.example/, body: entry-link, plain",
      "PUT https://stats.example/, body: name, escaped",
      "PUT https://stats.example/, query: participant-id, plain",
      "PUT https://stats.example/, x-token: token, plain",
      "the error report: entry-link, plain",
    ]);
    Reflect.deleteProperty(Navigator.prototype, "sendBeacon");
  });

  const base64 = (text: string) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
  it.each([
    ["in capitals", name.toUpperCase(), "plain"],
    ["with decomposed accents", name.normalize("NFD"), "plain"],
    ["URL-encoded", encodeURIComponent(name), "escaped"],
    ["form-encoded", new URLSearchParams({ name }).toString(), "escaped"],
    ["URL-encoded twice", encodeURIComponent(encodeURIComponent(name)), "escaped"],
    ["in JSON", JSON.stringify({ name }), "escaped"],
    ["in JSON in JSON", JSON.stringify(JSON.stringify({ name })), "escaped"],
    [
      "in JSON of ASCII",
      JSON.stringify({ name }).replace(/[^\0-\x7f]/g, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`),
      "escaped",
    ],
    ["in HTML", name.replaceAll("&", "&amp;").replaceAll('"', "&#34;").replaceAll("ö", "&#xF6;"), "escaped"],
    ["in base64", base64(name), "base64"],
    ["in base64 after one letter", base64(`a${name}`), "base64"],
    ["in base64 after two letters", base64(`ab${name}`), "base64"],
    ["in base64 of bytes", btoa(name), "base64"],
    ["in base64url", base64(`${name}???>>>`).replaceAll("+", "-").replaceAll("/", "_"), "base64"],
    ["in base64 after a word", `draft-${base64(name)}`, "base64"],
    ["in base64 of JSON, URL-encoded", encodeURIComponent(base64(JSON.stringify({ name }))), "base64"],
    ["in base64 of base64", base64(base64(name)), "base64"],
    ["in a token's claims", `${base64("{}")}.${base64(JSON.stringify({ name }))}.c2ln`, "base64"],
  ])("finds a name %s", async (_, text, form) => {
    const watching = watch();
    localStorage.setItem("draft", `before ${text} after`);
    expect(await watching.found()).toEqual([
      { channel: "localStorage", kind: "name", where: 'localStorage "draft"', form },
    ]);
  });

  it("allows names, entry links, tokens and ids where they are needed", async () => {
    const watching = watch({ baseUrl: api });
    add("p", {}, name);
    add("button", { "aria-label": `Copy link for ${name}` });
    add("input", { value: name });
    add("a", { href: link, "data-private": "" });
    add("input", { value: link, "data-private": "" });
    add("span", { "data-private": "" }, link);
    const headers = { authorization: `Bearer ${token}` };
    await fetch(`${api}/participants/${id}`, { method: "PUT", headers, body: JSON.stringify({ display_name: name }) });
    expect(await watching.found()).toEqual([]);
  });

  it.each<[string, string, RequestInit]>([
    ["a token in an address", `${api}/sessions?token=${token}`, {}],
    ["a token in another header", `${api}/sessions`, { headers: { "x-token": token } }],
    ["a name in an address", `${api}/sessions?q=${encodeURIComponent(name)}`, {}],
    ["an id in a body", `${api}/sessions`, { method: "POST", body: id }],
    ["an id in another path", `${api}/sessions/${id}`, {}],
    ["a token to another host", "https://api.example.evil/v1/sessions", { headers: { authorization: token } }],
    ["a token to another path of the host", "https://api.example/v10", { headers: { authorization: token } }],
    ["a link", `${api}/participants/${link}`, {}],
  ])("finds a secret in a request to the API: %s", async (_, url, init) => {
    const watching = watch({ baseUrl: api });
    await fetch(url, init);
    expect(await watching.found()).toHaveLength(1);
  });

  it("applies allow, by finding and by element", async () => {
    const watching = watch({
      allow: ({ channel, kind }, element) =>
        channel === "title" || (kind === "entry-link" && element?.matches(".mine") === true),
    });
    document.title = name;
    add("p", { class: "mine" }, link);
    add("p", { class: "theirs" }, link);
    expect(await watching.found()).toMatchObject([{ channel: "text", where: "p.theirs" }]);
  });

  it("finds a text that was in the page briefly", async () => {
    const watching = watch();
    const element = add("p", {});
    element.dataset["id"] = id;
    await Promise.resolve();
    element.dataset["id"] = "";
    element.textContent = link;
    await Promise.resolve();
    element.remove();
    expect((await watching.found()).map(({ where }) => where)).toEqual(["p[data-id]", "p"]);
  });

  it("works with disabled storage", async () => {
    vi.spyOn(window, "localStorage", "get").mockImplementation(() => {
      throw new DOMException("denied", "SecurityError");
    });
    const watching = watch();
    document.title = name;
    expect(await watching.found()).toHaveLength(1);
  });

  it("changes no behaviour, and restores everything when it stops", async () => {
    vi.stubGlobal("console", { debug() {} });
    const methods = () =>
      [
        [globalThis, "fetch"] as const,
        [console, "debug"] as const,
        [History.prototype, "pushState"] as const,
        [Storage.prototype, "setItem"] as const,
        [XMLHttpRequest.prototype, "open"] as const,
        [Document.prototype, "cookie"] as const,
      ].map(([target, method]) => Object.getOwnPropertyDescriptor(target, method));
    const before = methods();
    const watching = watch();
    const unreadable = {
      get field(): string {
        throw new Error("unreadable");
      },
    };
    expect(() => console.debug(Object.create(unreadable, { toJSON: { get: () => unreadable.field } }))).not.toThrow();
    expect(methods()).not.toEqual(before);
    expect(localStorage.setItem("a", "b")).toBeUndefined();
    expect(localStorage.getItem("a")).toBe("b");
    expect(Object.keys(console)).toEqual(["debug"]);
    watching.stop();
    expect(methods()).toEqual(before);
    document.title = name;
    expect(await watching.found()).toEqual([]);
  });

  it("does not report a place whose name contains the secret encoded", async () => {
    const watching = watch();
    localStorage.setItem(btoa(JSON.stringify({ id })), "seen");
    const [found] = await watching.found();
    expect(found?.where).toBe("‹not shown: a secret is in it›");
  });

  it("refuses a secret of less than four characters", () => {
    expect(() => watchCanaries({ canaries: [{ kind: "name", value: "Al" }] })).toThrow(/four characters/);
  });
});

describe("the secrets of a sandbox", () => {
  it("are its tokens, entry links, ids and names, including later ones", async () => {
    const sandbox = createSandbox({ now, seed: "none" });
    const client = createCoviuClient(sandbox);
    const watching = watchCanaries(sandbox);
    cleanups.push(watching.stop);
    const participant = { display_name: name, role: "HOST" };
    const session = await createSession(client, {
      session_name: "A canary’s review",
      start_time: at(10),
      end_time: at(40),
      participants: [participant],
    });
    const [created] = session.participants ?? [];
    const values = [
      await tokenOf(sandbox),
      created?.entry_url,
      created?.participant_id,
      name,
      "A canary’s review",
      "sandbox-secret",
    ];
    expect(sandbox.canaries().map(({ value }) => value)).toEqual(expect.arrayContaining(values));
    await updateParticipant(client, created?.participant_id ?? "", { display_name: "Another Canary" });
    values.push("Another Canary");
    values.forEach((value, index) => localStorage.setItem(String(index), value ?? ""));
    const found = await watching.found();
    expect(found.map(({ kind }) => kind).toSorted()).toEqual(
      ["api-secret", "entry-link", "name", "participant-id", "session-name", "token"].toSorted(),
    );
  });

  it("are allowed in the client's requests to the API, and nowhere else", async () => {
    const sandbox = createSandbox({ now });
    const watching = watchCanaries(sandbox);
    const elsewhere = watchCanaries({ ...sandbox, baseUrl: undefined, fetch: watching.fetch });
    cleanups.push(watching.stop, elsewhere.stop);
    const client = createCoviuClient({ ...sandbox, fetch: elsewhere.fetch });
    const { content } = await listSessions(client, { include_canceled: true });
    const [participant] = content.at(-1)?.participants ?? [];
    await updateParticipant(client, participant?.participant_id ?? "", { display_name: "Quentin Canary" });
    expect(await watching.found()).toEqual([]);
    expect((await elsewhere.found()).map(({ kind, where }) => `${kind} ${where.split(", ")[1]}`)).toEqual(
      expect.arrayContaining(["token authorization", "participant-id address", "name body"]),
    );
  });
});
