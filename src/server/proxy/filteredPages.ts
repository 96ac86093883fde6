import type { CoviuClient } from "../../api/client.ts";
import type { ListSessionsParams } from "../../api/requests.ts";
import type { SessionPage } from "../../api/schemas.ts";
import type { Session } from "../../api/schemas.ts";
import { listSessions } from "../../api/sessions.ts";
import { ProxyError } from "./proxyError.ts";

/** Position in the service's list: `lastId` is the row before the index `end`. */
interface Cursor {
  end: number;
  lastId: string | undefined;
}

/** The pages of one list that a user has received. */
interface PageHistory {
  pages: { ids: string[]; upTo: Cursor }[];
}

export interface FilteredPageRequest {
  client: CoviuClient;
  /** Aborts the reads at the time limit of the request and when the browser disconnects. */
  signal: AbortSignal;
  /** Identifies the user and the filters. */
  key: string;
  /** Parameters of the browser. */
  params: ListSessionsParams;
  /** Parameters for the service. */
  serviceParams: ListSessionsParams;
  isVisible: (session: Session) => Promise<boolean>;
}

/** Largest page of the API, in rows. */
const maxPageSize = 200;
/** Rows that are read again, so that the last one is found even if rows before it were canceled. */
const overlapRows = 10;
/** Pages of the service that one list request reads. */
const maxReads = 20;
const maxHistories = 1000;
const start: Cursor = { end: 0, lastId: undefined };

/**
 * Creates a reader of pages that contain only sessions the user may see. It reads as many pages of the service as it
 * takes to fill a page; `page` and `more` count visible sessions. Rows move while others book and cancel: a page
 * continues after the last row of the previous page, and never repeats a row of an earlier page.
 *
 * One request reads up to 20 pages of the service. If these do not fill the user's page, the page is shorter or empty and
 * `more` is true. The next page continues from there.
 */
export function createFilteredPages() {
  /** Least recently used first. Without a history, pages are counted from the beginning of the list. */
  const histories = new Map<string, PageHistory>();

  function historyOf(key: string): PageHistory {
    const history = histories.get(key) ?? { pages: [] };
    histories.delete(key);
    histories.set(key, history);
    const [oldest] = histories.keys();
    if (histories.size > maxHistories && oldest !== undefined) histories.delete(oldest);
    return history;
  }

  return async (request: FilteredPageRequest): Promise<SessionPage> => {
    const { page = 0, page_size: size = maxPageSize } = request.params;
    const history = historyOf(request.key);
    // A copy: another request for the same list may be in progress.
    const pages = history.pages.slice(0, page);
    const givenIds = new Set(pages.flatMap(({ ids }) => ids));
    const firstNumber = pages.length;
    const readPage = createPageReader({ ...request, from: pages.at(-1)?.upTo ?? start, givenIds });
    for (let number = firstNumber; ; number += 1) {
      // oxlint-disable-next-line no-await-in-loop -- each page continues after the previous one
      const { rows, upTo, more, isCutShort } = await readPage(size);
      // Every page has the same number of reads, so that each server ends it at the same row.
      if (isCutShort && number > firstNumber) throw tooManyReads();
      pages.push({ ids: rows.map((row) => row.session_id), upTo });
      history.pages = pages;
      if (number === page) return { content: rows, more, page, page_size: rows.length };
      if (!more) return { content: [], more, page, page_size: 0 };
      if (isCutShort) throw tooManyReads();
    }
  };
}

/** The pages read so far are kept, so a retry continues from there. */
function tooManyReads(): ProxyError {
  return new ProxyError(503, "server", "This page is too far down the list to be read at once.", { retryAfter: 1 });
}

interface PageReaderOptions extends Pick<FilteredPageRequest, "client" | "signal" | "serviceParams" | "isVisible"> {
  from: Cursor;
  /** Ids of the rows on earlier pages. */
  givenIds: ReadonlySet<string>;
}

/** Reads visible rows from a cursor on, page after page. */
function createPageReader({ client, signal, serviceParams, from, givenIds, isVisible }: PageReaderOptions) {
  const knownIds = new Set(givenIds);
  /** Visible rows that are on no page yet. */
  let ready: { row: Session; at: Cursor }[] = [];
  let cursor = from;
  let isAtEnd = false;
  let reads = 0;
  let rowsRead = 0;

  async function readServicePage(): Promise<void> {
    reads += 1;
    const { number, rows } = pageAround(cursor.end);
    const params = { ...serviceParams, page: number, page_size: rows };
    const { content, more } = await listSessions(client, params, { retry: false, signal });
    rowsRead += content.length;
    if (cursor.lastId !== undefined && !content.some((row) => row.session_id === cursor.lastId)) {
      // The last row is gone or has moved far. Start again; known rows are skipped.
      cursor = start;
      return;
    }
    // Rows before the last one are checked too: the last one may have moved.
    for (const [index, row] of content.entries()) {
      cursor = { end: number * rows + index + 1, lastId: row.session_id };
      if (knownIds.has(row.session_id)) continue;
      knownIds.add(row.session_id);
      signal.throwIfAborted();
      // oxlint-disable-next-line no-await-in-loop -- a rule may query a database: not for a whole list at once
      if (await isVisible(row)) ready.push({ row, at: cursor });
    }
    // Rows that could not be decoded count too. Without them the same page would be read for ever.
    if (more) cursor = { end: (number + 1) * rows, lastId: content.at(-1)?.session_id };
    isAtEnd = !more;
  }

  return async (size: number): Promise<{ rows: Session[]; upTo: Cursor; more: boolean; isCutShort: boolean }> => {
    // One row more than the page has, to know whether another page follows.
    // oxlint-disable-next-line no-await-in-loop -- this page contains the start of the next one
    while (ready.length <= size && !isAtEnd && reads < maxReads) await readServicePage();
    const isCutShort = ready.length <= size && !isAtEnd;
    if (isCutShort && rowsRead === 0) {
      throw new ProxyError(502, "bad_response", "The session service sent only empty pages, without an end.");
    }
    const page = ready.slice(0, size);
    ready = ready.slice(size);
    const upTo = page.at(-1)?.at ?? cursor;
    return {
      rows: page.map(({ row }) => row),
      upTo: isCutShort ? cursor : upTo,
      more: isCutShort || ready.length > 0,
      isCutShort,
    };
  };
}

/** Chooses the page of the service that contains the row before `end`, some rows before it, and most rows after it. */
function pageAround(end: number): { number: number; rows: number } {
  const from = Math.max(0, end - overlapRows);
  let best = { number: 0, rows: maxPageSize };
  let mostAhead = maxPageSize - from;
  for (let rows = maxPageSize; rows > overlapRows; rows -= 1) {
    const ahead = rows - (from % rows);
    if (ahead > mostAhead) [best, mostAhead] = [{ number: Math.floor(from / rows), rows }, ahead];
  }
  return best;
}
