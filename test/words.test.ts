import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

/**
 * Files whose comments, titles and names are checked. To widen the check, add a folder and run
 * `npx vitest run --project=node test/words.test.ts`: each failure lists the lines to reword.
 */
const checked = [
  "src",
  "stories",
  ".storybook",
  ...[
    "api",
    "apps",
    "bench",
    "browser",
    "contract",
    "domain",
    "drill",
    "e2e",
    "engines",
    "harness",
    "package",
    "queries",
    "sandbox",
    "scripts",
  ].map((folder) => `test/${folder}`),
  ...["server", "server-render", "types"].map((folder) => `test/${folder}`),
  ...readdirSync("test").flatMap((name) => (/\.(ts|tsx|cjs)$/.test(name) ? [`test/${name}`] : [])),
  "README.md",
  "CHANGELOG.md",
];

/** A comment begins with a verb or a noun. */
const vagueComment = /^(What|Whoever|Whatever|Somebody|Someone|Nobody|Anybody|Of|Where|Who|That)\b/;
/** A title may continue that of `describe`, for instance with "of %s". */
const vagueTitle = /^(what|whoever|whatever|somebody|someone|nobody|anybody|where|who)\b/i;

/** Words in place of which the glossary in CONTRIBUTING.md has another one. */
const bannedWords = /\b(whoever|somebody|nobody|anybody|looked|twins?|plant(?:s|ed)?|rigs?|recorders?)\b/i;
/** Words that do not stand in comments of `src`: name the subject, and use read, announce, show or respond. */
const bannedInSource = /\b(told|said|says?|whatever|everybody|tells whether)\b/i;
const bannedNames = /^(whoever|somebody|nobody|asked|answered|answers|told|said|looked|twins?|plants?|rig|kept)$/;

const files = checked.flatMap((path) =>
  statSync(path).isFile()
    ? [path]
    : readdirSync(path, { recursive: true, encoding: "utf8" }).map((name) => join(path, name)),
);
const isProse = (path: string) => /\.mdx?$/.test(path);
const sources = files.filter(
  (path) => /\.(tsx?|mjs|cjs|js|mdx?)$/.test(path) && !path.includes("node_modules") && path !== "test/words.test.ts",
);

const comment = /\/\*+((?:(?!\*\/)[^])*)\*\/|(?<=^|[\s;{}(,])\/\/ (.*)$/gm;
const title =
  /\b(?:it|test|describe)(?:\.\w+)*(?:\([^()]*(?:\([^()]*\)[^()]*)*\))?\(\s*(["'`])((?:(?!\1)[^\\]|\\.)*)\1/g;
const text =
  /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|\/(?:[^/\\\n[]|\\.|\[(?:[^\]\\]|\\.)*\])+\/[gimsuy]*/g;

/** Comments of a source, one line each. Directives of the linter and JSDoc tags are left out. */
function commentsOf(source: string): string[] {
  return [...source.matchAll(comment)]
    .map(([, block, line]) => (block ?? line ?? "").replaceAll(/^\s*\* ?/gm, "").trim())
    .filter((found) => !/^(@|oxlint|v8)/.test(found));
}

function titlesOf(source: string): string[] {
  return [...source.matchAll(title)].map(([, , found = ""]) => found);
}

function namesOf(source: string): string[] {
  return (
    source
      .replaceAll(comment, "")
      .replaceAll(text, "")
      .match(/\b[A-Za-z_$][\w$]*/g) ?? []
  );
}

describe("comments, titles and names", () => {
  it.each(sources.filter((path) => !isProse(path)))(
    "of %s begin with a verb or a noun, in the words of the glossary",
    (path) => {
      const source = readFileSync(path, "utf8");
      const [comments, titles] = [commentsOf(source), path.startsWith("test") ? titlesOf(source) : []];
      expect({
        vague: [
          ...comments.filter((line) => vagueComment.test(line)),
          ...titles.filter((line) => vagueTitle.test(line)),
        ],
        banned: [...comments, ...titles].filter(
          (line) => bannedWords.test(line) || (path.startsWith("src") && bannedInSource.test(line)),
        ),
        names: [...new Set(namesOf(source).filter((name) => bannedNames.test(name)))],
      }).toEqual({ vague: [], banned: [], names: [] });
    },
  );

  it.each(sources.filter(isProse))("of %s use the words of the glossary", (path) => {
    const prose = readFileSync(path, "utf8")
      .replaceAll(/^```.*?^```$/gms, "")
      .replaceAll(/`[^`]*`|\*[^*]+\*/g, "");
    expect(prose.split("\n").filter((line) => bannedWords.test(line))).toEqual([]);
  });

  it("are found by the patterns of this test", () => {
    const source = 'it.each([f(1)])("nobody %s", () => {}); // Whoever\n/** What */\nconst told = "said";';
    expect(titlesOf(source)).toEqual(["nobody %s"]);
    expect(commentsOf(source)).toEqual(["Whoever", "What"]);
    expect(namesOf(source)).toEqual(expect.arrayContaining(["told"]));
    expect(namesOf(source)).not.toContain("said");
  });
});
