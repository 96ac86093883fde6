import type { Page } from "playwright";

/**
 * Returns the texts that the page's JavaScript still holds after garbage collection. Attributes, text of the page and
 * unread bodies of responses are not searched. Start Chromium with `heapSnapshotArgs`: without them, only the first 1024
 * characters of each string are searched.
 */
export async function heldInHeap(page: Page, texts: readonly string[]): Promise<string[]> {
  const held = [...stringsIn(await heapSnapshot(page))];
  return texts.filter((text) => held.some((string) => string.includes(text)));
}

/** Arguments for Chromium with which snapshots contain whole strings. */
export const heapSnapshotArgs = ["--js-flags=--heap-snapshot-string-limit=100000000"];

/** Heap snapshot. Nodes and edges are rows of numbers, whose columns `meta` names. */
interface HeapSnapshot {
  snapshot: { meta: { node_fields: string[]; node_types: [string[], ...unknown[]]; edge_fields: string[] } };
  nodes: number[];
  edges: number[];
  strings: string[];
}

async function heapSnapshot(page: Page): Promise<HeapSnapshot> {
  const session = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  session.on("HeapProfiler.addHeapSnapshotChunk", ({ chunk }) => void chunks.push(chunk));
  await session.send("HeapProfiler.enable");
  // The second collection frees what finalizers released.
  await session.send("HeapProfiler.collectGarbage");
  await session.send("HeapProfiler.collectGarbage");
  await session.send("HeapProfiler.takeHeapSnapshot", { reportProgress: false });
  await session.detach();
  return JSON.parse(chunks.join(""));
}

/** Strings of the table, and concatenated strings, which V8 stores in two parts until they are read. */
function* stringsIn({ snapshot: { meta }, nodes, edges, strings }: HeapSnapshot): Generator<string> {
  yield* strings;
  const column = Object.fromEntries(meta.node_fields.map((name, index) => [name, index]));
  const edgeColumn = Object.fromEntries(meta.edge_fields.map((name, index) => [name, index]));
  const cell = (row: number, name: string) => nodes[row + (column[name] ?? 0)] ?? 0;
  const joined = meta.node_types[0].indexOf("concatenated string");
  const halves = new Map<number, number[]>();
  const inner = new Set<number>();

  let edge = 0;
  for (let row = 0; row < nodes.length; row += meta.node_fields.length) {
    const end = edge + cell(row, "edge_count") * meta.edge_fields.length;
    if (cell(row, "type") === joined) {
      const parts: number[] = [];
      for (let at = edge; at < end; at += meta.edge_fields.length) {
        const name = strings[edges[at + (edgeColumn["name_or_index"] ?? 0)] ?? 0];
        if (name === "first" || name === "second") parts.push(edges[at + (edgeColumn["to_node"] ?? 0)] ?? 0);
      }
      for (const part of parts) inner.add(part);
      halves.set(row, parts);
    }
    edge = end;
  }
  for (const row of halves.keys()) if (!inner.has(row)) yield textOf(row);

  function textOf(whole: number): string {
    const text: string[] = [];
    const waiting = [whole];
    for (let row = waiting.pop(); row !== undefined; row = waiting.pop()) {
      const parts = halves.get(row);
      if (parts) waiting.push(...parts.toReversed());
      else text.push(strings[cell(row, "name")] ?? "");
    }
    return text.join("");
  }
}
