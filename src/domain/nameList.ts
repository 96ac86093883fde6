import { formatList } from "./intl.ts";
import { isolated } from "./roles.ts";

/** Maximum number of names in a sentence or on a button. */
const maxNames = 3;

/**
 * Joins names as the locale does. After three names, the number of the others follows: "Ana, Ben, Cem and 57 others".
 *
 * @param others Returns the text for the other names, from the message table.
 * @param maxNameLength Maximum number of characters of each name. A longer name ends in "…". @default no limit
 */
export function nameList(
  names: readonly string[],
  locale: string,
  others: (count: number) => string,
  maxNameLength = Infinity,
): string {
  const listed = names.slice(0, maxNames).map((name) => isolated(shorten(name, maxNameLength)));
  const rest = names.length - listed.length;
  return formatList(rest > 0 ? [...listed, others(rest)] : listed, locale);
}

function shorten(name: string, maxNameLength: number): string {
  if (name.length <= maxNameLength) return name;
  // Combining marks, emoji modifiers and joiners belong to the character before them.
  const [start = name] = new RegExp(`^[^]{${maxNameLength}}[\\p{M}\\p{EMod}\\u200d]*`, "u").exec(name) ?? [];
  return start === name ? name : `${start.trimEnd()}…`;
}
