/** Encoding in which a secret was found. */
export type CanaryForm = "plain" | "escaped" | "base64";

const utf8 = new TextDecoder();

/** Converts a value to the text that a log or an error report may show: its strings at any depth, and decoded bytes. */
export function textOf(value: unknown, depth = 0, seen = new Set<unknown>()): string {
  if (typeof value !== "object" || value === null) return String(value);
  if (seen.has(value) || depth > 8 || isNode(value)) return "";
  seen.add(value);
  const inside = (part: unknown) => textOf(part, depth + 1, seen);
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return utf8.decode(value);
  if (value instanceof Date || value instanceof URL || value instanceof RegExp) return String(value);
  if (Array.isArray(value)) return value.map(inside).join(" ");
  const parts: unknown[] = lists.some((kind) => value instanceof kind) && isIterable(value) ? [...value] : [];
  // These have no own fields, but every console prints them.
  if (value instanceof Request) parts.push(value.url, value.referrer, value.headers);
  if (value instanceof Response) parts.push(value.url, value.headers);
  if (value instanceof Error) parts.push(value.name, value.message, value.stack, value.cause);
  if (value instanceof AggregateError) parts.push(value.errors);
  if ("toJSON" in value && typeof value.toJSON === "function") parts.push(value.toJSON());
  parts.push(...Object.entries(value).flat());
  return parts.map(inside).join(" ");
}

/** Iterables that can be read repeatedly. */
const lists = [Map, Set, Headers, FormData, URLSearchParams];

function isNode(value: object): boolean {
  return typeof Node === "function" && value instanceof Node;
}

function isIterable(value: object): value is Iterable<unknown> {
  return Symbol.iterator in value;
}

/** Decodes a text in every supported way, also repeatedly. The result includes the text itself. */
export function decodingsOf(text: string): ReadonlyMap<string, CanaryForm> {
  const readings = new Map<string, CanaryForm>();
  read(text, "plain", 0);
  return readings;

  function read(from: string, form: CanaryForm, depth: number): void {
    let reading = from;
    for (let turn = 0; turn < 4; turn += 1) {
      const key = folded(reading);
      if (readings.has(key)) return;
      readings.set(key, turn > 0 && form === "plain" ? "escaped" : form);
      const decoded = depth < 2 ? fromBase64(reading) : "";
      if (decoded) read(decoded, "base64", depth + 1);
      reading = unescaped(reading);
    }
  }
}

/** Normalizes a text for comparison: composed characters, lower case. */
export function folded(text: string): string {
  return text.normalize().toLowerCase();
}

/** Decodes escapes of URLs, forms, JSON and HTML. */
function unescaped(text: string): string {
  return text
    .replace(/\+/g, " ")
    .replace(/(?:%[\da-f]{2})+/gi, fromUri)
    .replace(/\\(?:u([\da-f]{4})|x([\da-f]{2})|(.))/gis, fromEscape)
    .replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,6}));/gi, fromEntity);
}

function fromUri(run: string): string {
  try {
    return decodeURIComponent(run);
  } catch {
    return run;
  }
}

function fromEscape(escape: string, long?: string, short?: string, letter = escape): string {
  const code = long ?? short;
  if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
  return { n: "\n", r: "\r", t: "\t" }[letter] ?? letter;
}

function fromEntity(entity: string, decimal?: string, hexadecimal?: string, name = ""): string {
  const code = decimal ? Number(decimal) : hexadecimal ? Number.parseInt(hexadecimal, 16) : undefined;
  if (code !== undefined) return code <= 0x10_ff_ff ? String.fromCodePoint(code) : entity;
  return { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" }[name.toLowerCase()] ?? entity;
}

/**
 * Decodes runs of characters that may be base64 (either alphabet), as UTF-8 and as Latin-1. Other characters may precede
 * the encoded text in a run, so each run is decoded at four offsets.
 */
function fromBase64(text: string): string {
  return [...new Set(text.match(/[\w+/-]{6,}/g))]
    .flatMap((run) => [0, 1, 2, 3].map((from) => run.slice(from).replace(/-/g, "+").replace(/_/g, "/")))
    .flatMap((run) => {
      const letters = atob(run.length % 4 === 1 ? run.slice(0, -1) : run);
      const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
      return [letters, utf8.decode(bytes)];
    })
    .flatMap((decoded) => decoded.match(/[^\p{C}\u{fffd}]{4,}/gu) ?? [])
    .join("\n");
}
