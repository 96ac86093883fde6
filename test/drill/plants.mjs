/**
 * Known bugs that the drill must notice: `find` in `file` is replaced before the source runs, and some row that `rows`
 * matches (a pattern for the titles of rows) must turn red.
 * @type {{ name: string, file: string, find: string, replace: string, rows: string }[]}
 */
export const plants = [
  {
    name: "401: the token that was sent is not compared with the current one",
    file: "src/api/tokenSource.ts",
    find: "current.token !== dead && isFresh(current)",
    replace: "dead === undefined && isFresh(current)",
    rows: "T[12]:",
  },
  {
    name: "a write edits the cache without cancelling reads in flight",
    file: "src/queries/writeThrough.ts",
    find: "if (interrupted || data) void query.cancel(",
    replace: "if (interrupted && !data) void query.cancel(",
    rows: "W16",
  },
  {
    name: "a raw error is let out",
    file: "src/api/errors.ts",
    find: 'return new CoviuError({ code, operation, outcome: "unknown" });',
    replace: "return error as never;",
    rows: "J5",
  },
  {
    name: "a POST is retried",
    file: "src/api/client.ts",
    find: "if (write) return once(given);",
    replace: "",
    rows: "N3",
  },
  {
    name: "a failed token request is remembered",
    file: "src/api/tokenSource.ts",
    find: "pending = undefined;",
    replace: "",
    rows: "T3",
  },
  {
    name: "the life of a token is taken as it is said",
    file: "src/api/tokenSource.ts",
    find: "Math.min(Math.max(expiresAt - wall, shortest) || longest, longest)",
    replace: "expiresAt - wall",
    rows: "T8",
  },
  {
    name: "a 401 is a lost sign-in without a probe",
    file: "src/api/authorized.ts",
    find: "gone = await probe(next);",
    replace: "",
    rows: "T10",
  },
  {
    name: "Retry-After is read by the wrong clock",
    file: "src/api/errors.ts",
    find: 'Date.parse(headers.get("date") ?? "") || Date.now()',
    replace: "Date.now()",
    rows: "N2",
  },
  {
    name: "each read waits for itself after a 429",
    file: "src/api/connection.ts",
    find: "wait: () => busyUntil - performance.now(),",
    replace: "wait: () => 0,",
    rows: "N1",
  },
  {
    name: "a person's id is an id in the page",
    file: "src/components/ParticipantList/ParticipantRow.tsx",
    find: '<li className="coviu-participant">',
    replace: '<li className="coviu-participant" id={person.participant_id}>',
    rows: "I5",
  },
  {
    name: "links stand in the page before anybody asks",
    file: "src/components/EntryLink/EntryLink.tsx",
    find: "<Masked text={text} />}",
    replace: "url}",
    rows: "I5",
  },
  {
    name: "an error's message has the server's words in it",
    file: "src/api/errors.ts",
    find: "${details.code} ${hint}",
    replace: "${details.code} ${hint} ${explanation}",
    rows: "I5",
  },
  {
    name: "what is sent is kept in a storage",
    file: "src/api/client.ts",
    find: 'const write = method !== "GET";',
    replace: 'const write = method !== "GET";\nlocalStorage.setItem("sent", JSON.stringify(body ?? path));',
    rows: "(I5|U5)",
  },
  {
    name: "a skipped time is taken for the one after it",
    file: "src/domain/wallClock.ts",
    find: 'return { kind: "missing", before: earlier, after: later }',
    replace: 'return { kind: "instant", instant: later }',
    rows: "D2",
  },
  {
    name: "of two times the first is taken",
    file: "src/domain/wallClock.ts",
    find: 'return { kind: "twice", earlier, later }',
    replace: 'return { kind: "instant", instant: earlier }',
    rows: "D3",
  },
  {
    name: "the two readings are mixed up",
    file: "src/components/SessionScheduler/WhenFields.tsx",
    find: 'chosen === "earlier" ?',
    replace: 'chosen !== "earlier" ?',
    rows: "D3",
  },
  {
    name: "times are read on the machine's clock",
    file: "src/domain/wallClock.ts",
    find: 'formatIn(timeZone, "en-US", { ...figures, hourCycle: "h23" })',
    replace: 'new Intl.DateTimeFormat("en-US", { ...figures, hourCycle: "h23" })',
    rows: "D4",
  },
  {
    name: "the day of the end is left out where clocks change",
    file: "src/domain/formatTime.ts",
    find: "passesMidnight ? `",
    replace: "passesMidnight && !changes ? `",
    rows: "D5",
  },
  {
    name: "an unknown zone is the machine's",
    file: "src/provider/CoviuProvider.tsx",
    find: 'unknown ? "UTC" : given',
    replace: "unknown ? Intl.DateTimeFormat().resolvedOptions().timeZone : given",
    rows: "D6",
  },
  {
    name: "years of other calendars are taken as they are",
    file: "src/domain/wallClock.ts",
    find: "isWithin(year, 1900, 2200)",
    replace: "isWithin(year, 1, 9999)",
    rows: "D7",
  },
  {
    name: "a page that is shown again does not look at the clock",
    file: "src/hooks/useNow.ts",
    find: 'document.addEventListener("visibilitychange", show);',
    replace: "",
    rows: "D9",
  },
  {
    name: "one timer chases the next",
    file: "src/hooks/useNow.ts",
    find: "Math.max(wait + margin, least)",
    replace: "wait + margin",
    rows: "D10",
  },
  {
    name: "what a dialog held is kept when it closes",
    file: "src/ui/DialogFrame.tsx",
    find: "export function DialogFrame(",
    replace: `const kept: unknown[] = [];
setInterval(() => kept.push(...document.querySelectorAll(".coviu-dialog")), 20);
export function DialogFrame(`,
    rows: "M1",
  },
  {
    name: "names in sentences are not set apart",
    file: "src/ui/words.tsx",
    find: 'if (typeof text !== "string") return text;',
    replace: 'return typeof text === "string" ? text.replace(/[\\u2068\\u2069]/g, "") : text;',
    rows: "H8",
  },
  {
    name: "characters that turn the text stay in names",
    file: "src/domain/roles.ts",
    find: '.replace(unseen, "")',
    replace: "",
    rows: "H[14]",
  },
  {
    name: "marks pile up in names",
    file: "src/domain/roles.ts",
    find: '.replace(stack, "$1")',
    replace: "",
    rows: "H4",
  },
  {
    name: "emoji are joined without end",
    file: "src/domain/roles.ts",
    find: '.replace(chain, "$1")',
    replace: "",
    rows: "H1",
  },
  {
    name: "any text is a role",
    file: "src/domain/roles.ts",
    find: '/^[A-Z]\\w{0,39}$/.test(role) ? role : "GUEST"',
    replace: 'role || "GUEST"',
    rows: "H4",
  },
  {
    name: "what can't be seen is not spelled out",
    file: "src/ui/Field.tsx",
    find: "unseen && unseenHint(String(props.value), unseen)",
    replace: "undefined",
    rows: "H4",
  },
  {
    name: "an address is parsed before it is looked at",
    file: "src/domain/links.ts",
    find: "hidden.test(url) || !plainHttps.test(url)",
    replace: "false",
    rows: "H[23]",
  },
  {
    name: "a host is trusted by how it ends",
    file: "src/domain/links.ts",
    find: "host.endsWith(`.${trusted}`)",
    replace: "host.endsWith(trusted)",
    rows: "H2",
  },
  {
    name: "pictures of any host are loaded",
    file: "src/domain/links.ts",
    find: "trustedEntryUrl(url, hosts ?? [])",
    replace: "url",
    rows: "H[13]",
  },
  {
    name: "a picture tells its host who looks",
    file: "src/ui/Picture.tsx",
    find: 'referrerPolicy="no-referrer"',
    replace: "",
    rows: "H3",
  },
  {
    name: "a broken picture stays",
    file: "src/ui/Picture.tsx",
    find: "src === broken",
    replace: "false",
    rows: "H3",
  },
  {
    name: "a time of any length is read",
    file: "src/domain/typedTime.ts",
    find: 'text.length < 100 ? text : ""',
    replace: "text",
    rows: "H9",
  },
  {
    name: "a clipboard that never answers is waited for",
    file: "src/components/EntryLink/useEntryLink.ts",
    find: "setTimeout(resolve, patience, false)",
    replace: "undefined",
    rows: "U1",
  },
  {
    name: "every copy is called a success",
    file: "src/components/EntryLink/useEntryLink.ts",
    find: "} catch {\n    return false;",
    replace: "} catch {\n    return true;",
    rows: "U1",
  },
  {
    name: "Join hands this page to the one it opens",
    file: "src/components/EntryLink/EntryLink.tsx",
    find: 'rel="noopener noreferrer"',
    replace: "",
    rows: "U3",
  },
  {
    name: "Join waits for somebody to look again",
    file: "src/hooks/useNow.ts",
    find: "timer = setTimeout(tick,",
    replace: "timer = setTimeout(() => undefined,",
    rows: "U4",
  },
  {
    name: "links are shown before anybody asks",
    file: "src/components/EntryLink/EntryLink.tsx",
    find: "const shown = ",
    replace: "const shown = Boolean(url) || ",
    rows: "U6",
  },
  {
    name: "recorders are not told to mask",
    file: "src/ui/recorders.ts",
    find: '"data-clarity-mask": "true",',
    replace: "",
    rows: "U7",
  },
  {
    name: "recorders are not told to leave links out",
    file: "src/ui/recorders.ts",
    find: '"data-sentry-block": "",',
    replace: "",
    rows: "U7",
  },
  {
    name: "references stand in the filter by person",
    file: "src/components/SessionList/ListFilters.tsx",
    find: "value: String(index), label: name",
    replace: 'value: people[index]?.state ?? "", label: name',
    rows: "U7",
  },
  {
    name: "nobody looks for the first booking once it was booked anyway",
    file: "src/queries/confirmed.ts",
    find: "const lateLooks = [15_000, 30_000];",
    replace: "const lateLooks = [];",
    rows: "W3",
  },
  {
    name: "a booking is found although another one has it",
    file: "src/queries/confirmed.ts",
    find: "if (id) log.taken.add(id);",
    replace: "",
    rows: "W3",
  },
  {
    name: "booking anyway does not look first, and a lost answer is not looked for",
    file: "src/queries/confirmed.ts",
    find: "const looks = [0, 2000, 4000];",
    replace: "const looks = [];",
    rows: "W2",
  },
];

/** Plants the bug that `DRILL_PLANT` names. */
export function plantedBug() {
  const name = process.env.DRILL_PLANT;
  const plant = plants.find((known) => known.name === name);
  if (name && !plant) throw new Error(`There is no planted bug "${name}".`);
  return {
    name: "coviu-planted-bug",
    enforce: /** @type {const} */ ("pre"),
    /** @param {string} code @param {string} id */
    transform(code, id) {
      if (!plant || !id.endsWith(plant.file)) return undefined;
      if (!code.includes(plant.find)) throw new Error(`The bug "${plant.name}" can't be planted any more.`);
      return code.replace(plant.find, () => plant.replace);
    },
  };
}
