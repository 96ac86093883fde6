import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface Member {
  name: string;
  type: string;
  required: boolean;
  /** Whether a result may be `undefined`. */
  mayBeUndefined: boolean;
  /** Text of the docstring without tags. */
  text: string;
  default?: string;
}

export interface TypeTable {
  members: Member[];
  /** Element whose attributes are accepted as well, such as `section`. */
  element?: string;
}

export interface HookEntry {
  text: string;
  signature: string;
  examples: string[];
  /** Names of the interfaces that the signature mentions and that have a table. */
  types: string[];
}

export interface ApiTables {
  types: Record<string, TypeTable>;
  hooks: Record<string, HookEntry>;
}

/** Tables of the interfaces and hooks in the source, for the pages of reference. */
export function apiTables(folder = "src"): ApiTables {
  const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => readFileSync(join(folder, path), "utf8"))
    .join("\n");
  const names = [...sources.matchAll(/^export interface (\w+)/gm)].map(([, name = ""]) => name);
  const types = Object.fromEntries(names.map((name) => [name, tableOf(name, sources)]));
  const hookNames = [...sources.matchAll(/^export function (use[A-Z]\w*)/gm)].map(([, name = ""]) => name);
  const hooks = Object.fromEntries(hookNames.map((name) => [name, hookOf(name, sources, types)]));
  return { types, hooks };
}

/** Merges the members of an interface that is declared in two files, such as the provider's. */
function tableOf(name: string, sources: string): TypeTable {
  const declarations = [
    ...sources.matchAll(
      new RegExp(`^(?:export )?interface ${name}\\b(?:<[^>]*>)?(?:\\s+extends ([^{]*))? ?\\{\\n([^]*?)^\\}`, "gm"),
    ),
  ];
  const heritage = declarations.map(([, parents = ""]) => parents).join();
  const element = /ComponentPropsWithoutRef<"(\w+)">/.exec(heritage)?.[1];
  const omitted = new Set([...heritage.matchAll(/"([\w-]+)"/g)].map(([, text]) => text));
  const parents = [...heritage.replaceAll(/<[^<>]*>/g, "").matchAll(/\w+/g)]
    .map(([parent]) => parent)
    .filter((parent) => parent !== name && new RegExp(`^(export )?interface ${parent}\\b`, "m").test(sources));
  const own = declarations.toReversed().flatMap(([, , body = ""]) => membersIn(body, sources));
  const inherited = parents.flatMap((parent) => tableOf(parent, sources).members);
  const known = new Set(own.map((member) => member.name));
  const members = [...own, ...inherited.filter((member) => !known.has(member.name) && !omitted.has(member.name))];
  return element ? { members, element } : { members };
}

/** Finds members by their indentation of two spaces, which the formatter ensures. */
function membersIn(body: string, sources: string): Member[] {
  const pattern =
    /(?:^ {2}\/\*\*((?:(?!\*\/)[^])*)\*\/\n)?^ {2}(?:readonly )?(\w+)(\??)(?:: ?|(?=\())((?:(?!;\n {2}\S|;\n\n|;$(?![^]))[^])*);?$/gm;
  return [...body.matchAll(pattern)].map(([, docs = "", name = "", optional, type = ""]) => {
    const text = plain(docs).replace(/@deprecated/, "Deprecated.");
    const fallback = /@default ([^\n@]+)/.exec(docs)?.[1]?.trim();
    return {
      name,
      type: spelledOut(onOneLine(type).replace(/;$/, ""), sources),
      required: optional === "",
      mayBeUndefined: optional !== "" || / \| undefined;?$/.test(onOneLine(type)),
      text: text.replace(/\s*@\w+[^]*$/, ""),
      ...(fallback && { default: fallback.replaceAll("`", "") }),
    };
  });
}

/** Replaces the name of a union of strings or numbers by the union. */
function spelledOut(type: string, sources: string): string {
  return type
    .replace(/ \| undefined$/, "")
    .replace(/^\((.*)\)$/, (whole, inner: string) => (inner.includes("=>") ? inner : whole))
    .replaceAll(/\b[A-Z]\w+\b/g, (name) => {
      const union = new RegExp(`^export type ${name} =([^;]*);`, "m")
        .exec(sources)?.[1]
        ?.replaceAll(/\s+/g, " ")
        .trim();
      return union && /^\|? ?("[^"]*"|\d+)( \| ("[^"]*"|\d+))*$/.test(union) ? union.replace(/^\| /, "") : name;
    });
}

function hookOf(name: string, sources: string, types: Record<string, TypeTable>): HookEntry {
  const [, docs = "", signature = ""] =
    new RegExp(`(?:/\\*\\*((?:(?!\\*/)[^])*)\\*/\\n(?://[^\\n]*\\n)*)?export function (${name}\\b[^]*?) \\{\\n`).exec(
      sources,
    ) ?? [];
  const examples = [...docs.matchAll(/@example\n([^]*?)(?=\n \*\n \* @|\s*$)/g)].map(([, code = ""]) =>
    code.replaceAll(/^ \* {0,3}/gm, "").replaceAll(/^```\w*\n|\n```$/g, ""),
  );
  const result = `Use${name.slice(3)}Result`;
  const mentioned = [...signature.matchAll(/\b[A-Z]\w+\b/g)].map(([type]) => type);
  return {
    text: plain(docs).replace(/\s*@\w+[^]*$/, ""),
    signature: onOneLine(signature),
    examples,
    types: [...new Set([...mentioned, result])].filter((type) => type in types),
  };
}

function onOneLine(code: string): string {
  return code
    .replaceAll(/\s+/g, " ")
    .replaceAll(/\( |,? \)/g, (gap) => gap.replaceAll(/[ ,]/g, ""))
    .trim();
}

function plain(docs: string): string {
  return docs
    .replaceAll(/^ *\* ?/gm, "")
    .replaceAll(/\s+/g, " ")
    .trim();
}
