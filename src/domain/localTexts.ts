import { formatNumber, localDigits } from "./intl.ts";

/** Matches the second of two full stops, after an abbreviation: "9:30 a. m.." in Spanish. */
const secondStop = /(?<=\p{L}\.\u2069?)\.(?=\s|$)/gu;

/**
 * Adapts a message table to the locale. Numbers are written in its digits. A sentence that ends in an abbreviation has one
 * full stop. Texts that are passed in, such as times and names, are not changed.
 */
export function localTexts<Table extends object>(table: Table, locale: string): Table {
  const entries = Object.entries(table).map(([key, text]: [string, unknown]) => [key, localText(text, locale)]);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same keys, functions of the same parameters
  return Object.fromEntries(entries) as Table;
}

function localText(text: unknown, locale: string): unknown {
  if (typeof text === "function") {
    return (...values: unknown[]) => finishText(Reflect.apply(text, undefined, values), textsIn(values), locale);
  }
  return isTable(text) ? localTexts(text, locale) : text;
}

function finishText(text: unknown, passedTexts: readonly string[], locale: string): unknown {
  if (isTable(text)) {
    return Object.fromEntries(
      Object.entries(text).map(([key, value]) => [key, finishText(value, passedTexts, locale)]),
    );
  }
  if (typeof text !== "string") return text;
  const sentence = text.replace(secondStop, "");
  return formatNumber(9, locale) === "9" ? sentence : withDigits(sentence, passedTexts, locale);
}

/** Replaces digits, except in texts that were passed in, such as the name "Room 5". */
function withDigits(sentence: string, passedTexts: readonly string[], locale: string): string {
  const [first, ...rest] = passedTexts;
  if (first === undefined) return localDigits(sentence, locale);
  return sentence
    .split(first)
    .map((part) => withDigits(part, rest, locale))
    .join(first);
}

/** Returns the texts with digits among the parameters of a message, the longest first. */
function textsIn(values: unknown): string[] {
  if (typeof values === "string") return /\d/.test(values) ? [values] : [];
  const all = typeof values === "object" && values !== null ? Object.values(values).flatMap(textsIn) : [];
  return all.toSorted((a, b) => b.length - a.length);
}

function isTable(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
