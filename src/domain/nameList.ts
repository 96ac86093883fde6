import { formatList } from "./intl.ts";
import { isolated } from "./roles.ts";

/** Maximum number of names in a sentence or on a button. */
const most = 3;

/**
 * Joins names in a sentence: at most three, then the number of the others, as the locale lists them: "Ana, Ben, Cem and 57
 * others".
 *
 * @param others Words for the rest, from the message table.
 * @param maxNameLength The most characters of each name, for a button; a longer one ends in "…". @default no limit
 */
export function nameList(
  names: readonly string[],
  locale: string,
  others: (count: number) => string,
  maxNameLength = Infinity,
): string {
  const shown = names.slice(0, most).map((name) => isolated(shortened(name, maxNameLength)));
  const rest = names.length - shown.length;
  return formatList(rest > 0 ? [...shown, others(rest)] : shown, locale);
}

function shortened(name: string, maxNameLength: number): string {
  if (name.length <= maxNameLength) return name;
  // Up to the end of a character that several code points make.
  const [start = name] = new RegExp(`^[^]{${maxNameLength}}[\\p{M}\\p{EMod}\\u200d]*`, "u").exec(name) ?? [];
  return start === name ? name : `${start.trimEnd()}…`;
}
