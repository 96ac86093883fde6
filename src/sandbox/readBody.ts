import { Refusal } from "./input.ts";

const maxBodyBytes = 1024 * 1024;
/** Requests of the API have three levels. Reading values that are nested thousands deep overflows the stack. */
const maxDepth = 32;

/** Reads the body as text. Stops reading, and refuses, as soon as it is over 1 MB. */
export async function readText(request: Request): Promise<string> {
  const encoding = request.headers.get("content-encoding") ?? "identity";
  if (encoding !== "identity") throw new Refusal("The body must not be compressed.", 415);
  if (Number(request.headers.get("content-length")) > maxBodyBytes) throw tooLarge();
  // Some browsers give no stream of a request's body.
  if (!request.body) return decode([new Uint8Array(await request.arrayBuffer())]);

  const chunks: Uint8Array[] = [];
  const reader = request.body.getReader();
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return decode(chunks);
    size += value.byteLength;
    if (size > maxBodyBytes) {
      await reader.cancel();
      throw tooLarge();
    }
    chunks.push(value);
  }
}

/** Parses JSON; `undefined` where the text is none. */
export function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (isDeeper(value, maxDepth)) throw new Refusal(`The body must not be nested more than ${maxDepth} levels deep.`);
  return value;
}

function decode(chunks: readonly Uint8Array[]): string {
  const size = chunks.reduce((sum, { byteLength }) => sum + byteLength, 0);
  if (size > maxBodyBytes) throw tooLarge();
  const decoder = new TextDecoder();
  return chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join("") + decoder.decode();
}

function tooLarge(): Refusal {
  return new Refusal("The body must not be larger than 1 MB.", 413);
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((item) => isDeeper(item, levels - 1));
}
