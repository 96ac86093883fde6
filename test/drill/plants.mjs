/**
 * Known bugs that the drill must notice: `find` in `file` is replaced before the source runs, and some row that `rows`
 * matches (a pattern for the titles of rows) must turn red.
 * @type {{ name: string, file: string, find: string, replace: string, rows: string }[]}
 */
export const plants = [
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
