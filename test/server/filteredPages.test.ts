import { describe, expect, it } from "vitest";

import { cancelSession, createCoviuClient, createSession, listSessions, updateSession } from "../../src/core.ts";
import { createRandom } from "../../src/sandbox/ids.ts";
import type { Sandbox } from "../../src/sandbox/index.ts";
import { type ClinicOptions, createClinic } from "./clinic.ts";

interface Row {
  session_id: string;
  session_name?: string | undefined;
}
interface Page {
  content: Row[];
  more: boolean;
  page: number;
  page_size: number;
}

/** `PROXY_RUNS=2000` runs all cases. */
const isFull = Number(process.env["PROXY_RUNS"]) >= 2000;

/** Allows every tenth of the seed's sessions, without the last one. */
const sees = ({ session_name = "" }: Partial<Row>) => /^Review \d*1$/.test(session_name);
const filters = [
  "",
  "start_time=2026-01-01T00:00:00Z",
  "order=reverse",
  "start_time=2026-01-01T00:00:00Z&order=reverse",
];

/** Creates a clinic with this number of sessions, and the lists of one user. */
function openClinic({ count = 5000, ...options }: ClinicOptions & { count?: number } = {}) {
  const clinic = createClinic({
    sandbox: { seed: count },
    authorize: (_, operation, { session }) =>
      operation === "getSessionPage" || (session !== undefined && sees(session)),
    filter: () => true,
    narrow: undefined,
    ...options,
  });
  async function pageOf(page: number, size: number, filter = "", { send } = clinic): Promise<Page> {
    const request = () => send("chen", `sessions?page=${page}&page_size=${size}&${filter}`);
    let response = await request();
    // For a page far down, the kit's client retries and the proxy continues where it stopped.
    // oxlint-disable-next-line no-await-in-loop
    while (response.headers.get("retry-after") === "1") response = await request();
    expect(response.status).toBe(200);
    return response.json();
  }
  const reads = () => clinic.wire.filter(({ method }) => method === "GET").length;
  return { ...clinic, pageOf, reads };
}

/** Reads all pages in sequence. */
async function everyPage(readPage: (page: number) => Promise<Page>): Promise<Page[]> {
  const pages: Page[] = [];
  do {
    // oxlint-disable-next-line no-await-in-loop
    pages.push(await readPage(pages.length));
  } while (pages.at(-1)?.more);
  return pages;
}

const all = [7, 50, 200].flatMap((size) => filters.map((filter, index) => [size, filter, size + index] as const));
const idsOf = (pages: readonly Page[]) => pages.flatMap(({ content }) => content.map(({ session_id }) => session_id));

/** Books, cancels and moves sessions as other users do, and records which rows did not change. */
async function othersIn(sandbox: Sandbox, seed: number) {
  const client = createCoviuClient(sandbox);
  const random = createRandom(seed);
  const { content } = await listSessions(client, { page_size: 1 });
  expect(content).toHaveLength(1);
  const rows: Row[] = [];
  for (let page = 0; page < 25; page += 1) {
    // oxlint-disable-next-line no-await-in-loop
    rows.push(...(await listSessions(client, { page })).content);
  }
  const unchanged = new Set(rows.filter(sees).map(({ session_id }) => session_id));

  async function act(): Promise<void> {
    const at = Date.parse("2026-01-12T00:00:00Z") + Math.floor(random() * 5000 * 60) * 60_000;
    const times = { start_time: new Date(at).toISOString(), end_time: new Date(at + 1_800_000).toISOString() };
    const row = rows[Math.floor(random() * rows.length)];
    const kind = random();
    if (!row || kind < 0.45) {
      const name = `Review ${Math.floor(random() * 10)}`;
      await createSession(client, { session_name: name, ...times });
      return;
    }
    rows.splice(rows.indexOf(row), 1);
    unchanged.delete(row.session_id);
    if (kind < 0.9) await cancelSession(client, row.session_id);
    else await updateSession(client, row.session_id, times);
  }
  /** Cancels many sessions at once, as after a clinician falls ill. */
  async function actSeveralTimes(): Promise<void> {
    const count = random() < 0.05 ? 40 : Math.floor(random() * 4);
    // oxlint-disable-next-line no-await-in-loop
    for (let done = 0; done < count; done += 1) await act();
  }
  return { actSeveralTimes, unchanged };
}

describe("the pages of a user who sees every tenth session", () => {
  it.each(isFull ? filters : filters.slice(3))("contain exactly these, for every page size: %s", async (filter) => {
    const { pageOf, reads } = openClinic();
    for (const [size, most] of [
      [7, 110],
      [50, 45],
      [200, 32],
    ] as const) {
      const before = reads();
      // oxlint-disable-next-line no-await-in-loop
      const pages = await everyPage((page) => pageOf(page, size, filter));
      expect(pages.map(({ page }) => page)).toEqual(pages.map((_, index) => index));
      expect(pages.slice(0, -1).every(({ content }) => content.length === size)).toBe(true);
      expect(pages.every(({ content, page_size }) => content.length === page_size && content.every(sees))).toBe(true);
      expect(new Set(idsOf(pages))).toHaveLength(500);
      expect(idsOf(pages)).toHaveLength(500);
      const spent = reads() - before;
      expect([size, spent, spent <= most]).toEqual([size, spent, true]);
    }
  });

  it.each(isFull ? all : all.filter((_, index) => index === 5 || index === 10))(
    "of %i contain each unchanged session once while other users book, cancel and move (%s)",
    { timeout: 60_000 },
    async (size, filter, seed) => {
      let others: Awaited<ReturnType<typeof othersIn>> | undefined;
      const clinic = openClinic();
      const server = clinic.server({
        async fetch(input, init) {
          const response = await clinic.sandbox.fetch(input, init);
          await others?.actSeveralTimes();
          return response;
        },
      });
      others = await othersIn(clinic.sandbox, seed);
      const pages = await everyPage(async (page) => {
        await others?.actSeveralTimes();
        const result = await clinic.pageOf(page, size, filter, { ...clinic, ...server });
        expect(result.more || result.content.length <= size).toBe(true);
        return result;
      });
      const ids = idsOf(pages);
      expect(new Set(ids)).toHaveLength(ids.length);
      expect(pages.every(({ content }) => content.every(sees))).toBe(true);
      const returned = new Set(ids);
      expect([...others.unchanged].filter((id) => !returned.has(id))).toEqual([]);
      expect(others.unchanged.size).toBeGreaterThan(300);
      expect(clinic.reads()).toBeLessThan(900);
    },
  );

  it("are the same when they are read twice, and when pages are skipped", async () => {
    const clinic = openClinic();
    const pages = await everyPage((page) => clinic.pageOf(page, 50));
    expect(await clinic.pageOf(3, 50)).toEqual(pages[3]);
    expect(await clinic.pageOf(3, 50)).toEqual(pages[3]);
    expect(await clinic.pageOf(9, 50)).toEqual(pages[9]);
    const other = { ...clinic, ...clinic.server() };
    expect(await clinic.pageOf(6, 50, "", other)).toEqual(pages[6]);
    expect(await clinic.pageOf(2, 50, "", other)).toEqual(pages[2]);
    const beyond = { content: [], more: false, page: 10, page_size: 0 };
    expect(await clinic.pageOf(10, 50)).toEqual(beyond);
    expect(await clinic.pageOf(1e9, 50, "", other)).toEqual({ ...beyond, page: 1e9 });
  });

  it("are the same when several are requested at once, as by two tabs", async () => {
    const { pageOf } = openClinic();
    const pages = await everyPage((page) => pageOf(page, 50));
    const order = [0, 0, 1, 0, 3, 2, 1, 9, 0];
    expect(await Promise.all(order.map((page) => pageOf(page, 50)))).toEqual(order.map((page) => pages[page]));
    expect(await pageOf(2, 50)).toEqual(pages[2]);
    expect(await pageOf(4, 50)).toEqual(pages[4]);
  });

  it("are separate for each user, filter and page size", async () => {
    const { send, pageOf } = openClinic({
      authorize: () => true,
      filter: ({ role }, session) => role === "reception" || sees(session),
    });
    await everyPage((page) => pageOf(page, 200));
    const json = await send("desk", "sessions?page=1&page_size=200&").then((response) => response.json());
    expect(json.content[0].session_name).toBe("Review 201");
    const reverse = await pageOf(1, 200, "order=reverse");
    expect(reverse.content[0]?.session_name).toBe("Review 2991");
    expect((await pageOf(1, 7)).content[0]?.session_name).toBe("Review 71");
  });

  it("have the exact value of more", async () => {
    // 201 rows, of which the user sees 1, 11, … 201.
    const { pageOf } = openClinic({ count: 201 });
    expect((await pageOf(0, 20)).more).toBe(true);
    expect(await pageOf(1, 20)).toMatchObject({ more: false, page_size: 1 });
    expect(await pageOf(0, 21)).toMatchObject({ more: false, page_size: 21 });
    expect(await openClinic({ count: 200 }).pageOf(0, 20)).toMatchObject({ more: false, page_size: 20 });
    expect(await openClinic({ count: 0 }).pageOf(0, 20)).toEqual({ content: [], more: false, page: 0, page_size: 0 });
  });

  it("miss no row when the last row of a page moves behind the next rows", async () => {
    const filter = "start_time=2026-01-01T00:00:00Z";
    const { pageOf, sandbox } = openClinic({ count: 300, authorize: () => true });
    const first = await pageOf(0, 50, filter);
    // Row 50 moves behind row 60.
    const moved = first.content.at(-1);
    const { content } = await pageOf(1, 50, filter);
    const start = Date.parse(String(Object.entries(content[9] ?? {}).find(([name]) => name === "start_time")?.[1]));
    const times = {
      start_time: new Date(start + 60_000).toISOString(),
      end_time: new Date(start + 120_000).toISOString(),
    };
    await updateSession(createCoviuClient(sandbox), moved?.session_id ?? "", times);
    expect((await pageOf(1, 50, filter)).content.map((row) => row.session_name)).toEqual(
      Array.from({ length: 50 }, (_, index) => `Review ${index + 51}`),
    );
  });

  it("reach the end of a very long list, and skip rows that can't be decoded", async () => {
    const count = 60_000;
    const rowOf = (index: number) => ({
      session_id: `s-${index}`,
      session_name: index === count - 1 ? "Review 1" : "Review 2",
      // The first 300 rows are broken.
      ...(index >= 300 && { start_time: "2026-01-13T00:00:00Z", end_time: "2026-01-13T00:30:00Z" }),
    });
    const { pageOf, reads } = openClinic({
      count: 0,
      async fetch(input) {
        const { pathname, searchParams } = new URL(input instanceof Request ? input.url : input);
        if (pathname.endsWith("token")) return Response.json({ access_token: "token", expires_in: 3600 });
        const [page, size] = [Number(searchParams.get("page")), Number(searchParams.get("page_size"))];
        const from = page * size;
        const content = Array.from({ length: Math.max(0, Math.min(size, count - from)) }, (_, row) =>
          rowOf(from + row),
        );
        return Response.json({ content, more: from + size < count });
      },
    });
    const pages = await everyPage(async (page) => {
      const before = reads();
      const result = await pageOf(page, 200);
      expect(reads() - before).toBeLessThanOrEqual(20);
      return result;
    });
    expect(pages.slice(0, -1).every(({ content, more, page_size }) => content.length + page_size === 0 && more)).toBe(
      true,
    );
    expect(pages.at(-1)).toMatchObject({ content: [{ session_id: `s-${count - 1}` }], more: false });
    expect(reads()).toBeLessThan(350);
  });

  it("end with an error if the list of the service never ends", async () => {
    const { send, reads } = openClinic({
      count: 0,
      async fetch(input) {
        const { pathname } = new URL(input instanceof Request ? input.url : input);
        if (pathname.endsWith("token")) return Response.json({ access_token: "token", expires_in: 3600 });
        return Response.json({ content: [], more: true });
      },
    });
    expect((await send("chen", "sessions")).status).toBe(502);
    expect(reads()).toBeLessThanOrEqual(20);
  });
});
