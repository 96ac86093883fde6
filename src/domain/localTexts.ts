import { formatNumber, localDigits } from "./intl.ts";

/** A full stop after an abbreviation that ends in one: "9:30 a. m.." in Spanish. */
const secondStop = /(?<=\p{L}\.\u2069?)\.(?=\s|$)/gu;

/**
 * Adapts a table of texts to the locale: numbers are in its digits, and a sentence that ends in an abbreviation has one full
 * stop. Times, names and other texts that are passed in stay as they are.
 */
export function localTexts<Table extends object>(table: Table, locale: string): Table {
  const entries = Object.entries(table).map(([key, text]: [string, unknown]) => [key, localText(text, locale)]);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same keys, functions of the same parameters
  return Object.fromEntries(entries) as Table;
}

function localText(text: unknown, locale: string): unknown {
  if (typeof text === "function") {
    return (...values: unknown[]) => finished(Reflect.apply(text, undefined, values), textsIn(values), locale);
  }
  return isTable(text) ? localTexts(text, locale) : text;
}

function finished(text: unknown, given: readonly string[], locale: string): unknown {
  if (isTable(text)) {
    return Object.fromEntries(Object.entries(text).map(([key, value]) => [key, finished(value, given, locale)]));
  }
  if (typeof text !== "string") return text;
  const sentence = text.replace(secondStop, "");
  return formatNumber(9, locale) === "9" ? sentence : withDigits(sentence, given, locale);
}

/** Replaces digits, except those of texts that were passed in: "Room 5" is a name. */
function withDigits(sentence: string, given: readonly string[], locale: string): string {
  const [first, ...rest] = given;
  if (first === undefined) return localDigits(sentence, locale);
  return sentence
    .split(first)
    .map((part) => withDigits(part, rest, locale))
    .join(first);
}

/** Finds the texts with digits among the values of a message, the longest first. */
function textsIn(values: unknown): string[] {
  if (typeof values === "string") return /\d/.test(values) ? [values] : [];
  const all = typeof values === "object" && values !== null ? Object.values(values).flatMap(textsIn) : [];
  return all.toSorted((a, b) => b.length - a.length);
}

function isTable(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
