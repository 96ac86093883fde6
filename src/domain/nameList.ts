import { formatList } from "./intl.ts";
import { isolated } from "./roles.ts";

/** Maximum number of names in a sentence or on a button. */
const most = 3;

/**
 * Joins names in a sentence: at most three, then the number of the others, as the locale lists them: "Ana, Ben, Cem and 57
 * others".
 *
 * @param others Words for the rest, from the message table.
 * @param longest The most characters of each name, for a button; a longer one ends in "…". @default no limit
 */
export function nameList(
  names: readonly string[],
  locale: string,
  others: (count: number) => string,
  longest = Infinity,
): string {
  const shown = names.slice(0, most).map((name) => isolated(shortened(name, longest)));
  const rest = names.length - shown.length;
  return formatList(rest > 0 ? [...shown, others(rest)] : shown, locale);
}

function shortened(name: string, longest: number): string {
  if (name.length <= longest) return name;
  // Up to the end of a character that several code points make.
  const [start = name] = new RegExp(`^[^]{${longest}}[\\p{M}\\p{EMod}\\u200d]*`, "u").exec(name) ?? [];
  return start === name ? name : `${start.trimEnd()}…`;
}
