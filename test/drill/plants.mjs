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
    find: "return write ? once() : retryReads(",
    replace: "return retryReads(",
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
