import type { CoviuClient } from "../../api/client.ts";
import type { ListSessionsParams } from "../../api/requests.ts";
import type { SessionPage } from "../../api/schemas.ts";
import type { Session } from "../../api/schemas.ts";
import { listSessions } from "../../api/sessions.ts";
import { Refusal } from "./refusal.ts";

/** How far the service's list has been read: up to the row `last`, which was the one before `end`. */
interface Place {
  end: number;
  last: string | undefined;
}

/** The pages that a user has been given of one list. */
interface Listing {
  pages: { ids: string[]; upTo: Place }[];
}

export interface ListRequest {
  client: CoviuClient;
  /** Ends the reads: at the time limit of the request, and when the browser is gone. */
  signal: AbortSignal;
  /** Of the user and the filters: whose pages these are. */
  key: string;
  params: ListSessionsParams;
  /** What the service is asked for. */
  filters: ListSessionsParams;
  sees: (session: Session) => Promise<boolean>;
}

const largest = 200;
/** Rows that are read once more, so that the last one is found although others were canceled before it. */
const overlap = 10;
/** Pages of the service that are read for one list request. */
const maxReads = 20;
const mostListings = 1000;
const start: Place = { end: 0, last: undefined };

/**
 * Pages of the sessions that a user sees, each filled up from as many pages of the service as it takes; `page` and
 * `more` count what this user sees. Rows move while others book and cancel: a page goes on after the last row of the
 * one before, and never holds what an earlier one held.
 *
 * One request reads 20 pages of the service at most. Where they don't fill the user's page, it is shorter, or empty, and
 * `more` is true: the next one goes on from there.
 */
export function createLists() {
  /** The ones used last at the end. Without its listing a page is counted from the beginning. */
  const listings = new Map<string, Listing>();

  function listingOf(key: string): Listing {
    const listing = listings.get(key) ?? { pages: [] };
    listings.delete(key);
    listings.set(key, listing);
    const [oldest] = listings.keys();
    if (listings.size > mostListings && oldest !== undefined) listings.delete(oldest);
    return listing;
  }

  return async ({ client, signal, key, params, filters, sees }: ListRequest): Promise<SessionPage> => {
    const { page = 0, page_size: size = largest } = params;
    const listing = listingOf(key);
    // Of its own: another request for the same list may be under way.
    const pages = listing.pages.slice(0, page);
    const before = new Set(pages.flatMap(({ ids }) => ids));
    const firstNumber = pages.length;
    const scan = scanFrom({ client, signal, filters, from: pages.at(-1)?.upTo ?? start, before, sees });
    for (let number = firstNumber; ; number += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one page goes on after the other
      const { rows, upTo, more, isCutShort } = await scan(size);
      // Every page has the same number of reads, so that each server ends it at the same row.
      if (isCutShort && number > firstNumber) throw tooManyReads();
      pages.push({ ids: rows.map((row) => row.session_id), upTo });
      listing.pages = pages;
      if (number === page) return { content: rows, more, page, page_size: rows.length };
      if (!more) return { content: [], more, page, page_size: 0 };
      if (isCutShort) throw tooManyReads();
    }
  };
}

/** What was read is kept: the next try goes on from there. */
function tooManyReads(): Refusal {
  return new Refusal(503, "server", "This page is too far down the list to be read at once.", { retryAfter: 1 });
}

interface ScanOptions extends Pick<ListRequest, "client" | "signal" | "filters" | "sees"> {
  from: Place;
  before: ReadonlySet<string>;
}

/** Reads on from a place, page after page. */
function scanFrom({ client, signal, filters, from, before, sees }: ScanOptions) {
  const known = new Set(before);
  /** Seen but not given yet. */
  let ready: { row: Session; at: Place }[] = [];
  let place = from;
  let isOver = false;
  let reads = 0;
  let rowsRead = 0;

  async function readOn(): Promise<void> {
    reads += 1;
    const { number, rows } = pageAround(place.end);
    const params = { ...filters, page: number, page_size: rows };
    const { content, more } = await listSessions(client, params, { retry: false, signal });
    rowsRead += content.length;
    if (place.last !== undefined && !content.some((row) => row.session_id === place.last)) {
      // It has gone, or has moved far: all that is known already is passed over.
      place = start;
      return;
    }
    // Also those before the last one: it may be that one that was moved.
    for (const [index, row] of content.entries()) {
      place = { end: number * rows + index + 1, last: row.session_id };
      if (known.has(row.session_id)) continue;
      known.add(row.session_id);
      signal.throwIfAborted();
      // oxlint-disable-next-line no-await-in-loop -- a rule may ask a database: not for a whole list at once
      if (await sees(row)) ready.push({ row, at: place });
    }
    // Rows that could not be read count as well: without them the same ones would be read for ever.
    if (more) place = { end: (number + 1) * rows, last: content.at(-1)?.session_id };
    isOver = !more;
  }

  return async (size: number): Promise<{ rows: Session[]; upTo: Place; more: boolean; isCutShort: boolean }> => {
    // One more than the page holds, to know whether another follows.
    // oxlint-disable-next-line no-await-in-loop -- where the next page begins shows in this one
    while (ready.length <= size && !isOver && reads < maxReads) await readOn();
    const isCutShort = ready.length <= size && !isOver;
    if (isCutShort && rowsRead === 0) {
      throw new Refusal(502, "bad_response", "The session service gives pages without sessions, and no end.");
    }
    const page = ready.slice(0, size);
    ready = ready.slice(size);
    const upTo = page.at(-1)?.at ?? place;
    return {
      rows: page.map(({ row }) => row),
      upTo: isCutShort ? place : upTo,
      more: isCutShort || ready.length > 0,
      isCutShort,
    };
  };
}

/** A page of the service that holds the last row before `end`, some before it and as many as can be after it. */
function pageAround(end: number): { number: number; rows: number } {
  const from = Math.max(0, end - overlap);
  let best = { number: 0, rows: largest };
  let most = largest - from;
  for (let rows = largest; rows > overlap; rows -= 1) {
    const ahead = rows - (from % rows);
    if (ahead > most) [best, most] = [{ number: Math.floor(from / rows), rows }, ahead];
  }
  return best;
}
