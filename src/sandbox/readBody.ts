import { RequestError } from "./input.ts";

const maxBodyBytes = 1024 * 1024;
/** Requests of the API have three levels. Reading a value with thousands of levels overflows the stack. */
const maxDepth = 32;

/** Reads the body as text. @throws RequestError as soon as it is larger than 1 MB, or if it is compressed. */
export async function readBody(request: Request): Promise<string> {
  const encoding = request.headers.get("content-encoding") ?? "identity";
  if (encoding !== "identity") throw new RequestError("The body must not be compressed.", 415);
  if (Number(request.headers.get("content-length")) > maxBodyBytes) throw tooLarge();
  // Some browsers do not provide a stream of the body.
  if (!request.body) return decode([new Uint8Array(await request.arrayBuffer())]);

  const chunks: Uint8Array[] = [];
  const reader = request.body.getReader();
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return decode(chunks);
    size += value.byteLength;
    if (size > maxBodyBytes) {
      reader.releaseLock();
      throw tooLarge();
    }
    chunks.push(value);
  }
}

/** Parses JSON; `undefined` if the text is not JSON. @throws RequestError if it is nested too deeply. */
export function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (isDeeper(value, maxDepth))
    throw new RequestError(`The body must not be nested more than ${maxDepth} levels deep.`);
  return value;
}

function decode(chunks: readonly Uint8Array[]): string {
  const size = chunks.reduce((sum, { byteLength }) => sum + byteLength, 0);
  if (size > maxBodyBytes) throw tooLarge();
  const decoder = new TextDecoder();
  return chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join("") + decoder.decode();
}

function tooLarge(): RequestError {
  return new RequestError("The body must not be larger than 1 MB.", 413);
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((item) => isDeeper(item, levels - 1));
}
