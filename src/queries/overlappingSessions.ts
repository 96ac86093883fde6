import type { CoviuClient } from "../api/client.ts";
import type { CoviuError } from "../api/errors.ts";
import type { ListSessionsParams } from "../api/requests.ts";
import type { SessionPage } from "../api/schemas.ts";
import type { Session } from "../api/schemas.ts";
import { listSessions } from "../api/sessions.ts";
import { overlappingKey } from "./keys.ts";
import { infiniteQueryOptions, type InfiniteReadOptions, reads } from "./options.ts";
import { isStuck, maxPages } from "./sessions.ts";

export interface OverlappingPage extends SessionPage {
  /** Index in the list after the last row of the page, at the time of the read. */
  end: number;
}

/** Start of a page, and the rows of the page before. */
export interface Edge {
  end: number;
  rows: readonly string[];
}

/**
 * Options of the infinite query of a list that changes while it is read. Each page begins with the last row of the page
 * before. As long as two pages share a row, no session that was there all the time is missing.
 */
export function overlappingSessionsQueryOptions(
  client: CoviuClient,
  params: ListSessionsParams = {},
): InfiniteReadOptions<OverlappingPage, ReturnType<typeof overlappingKey>, Edge> {
  const queryKey = overlappingKey(client.scope, params);
  const size = params.page_size ?? 200;
  return infiniteQueryOptions<
    OverlappingPage,
    CoviuError,
    { pages: OverlappingPage[]; pageParams: Edge[] },
    typeof queryKey,
    Edge
  >({
    ...reads,
    queryKey,
    queryFn: async ({ signal, pageParam: { end, rows } }) => {
      const read = (page: number, page_size: number) =>
        listSessions(client, { ...params, page, page_size }, { signal });
      const page = end && Math.ceil((end - 1) / size);
      const page_size = page ? Math.floor((end - 1) / page) : size;
      const answer = { ...(await read(page, page_size)), end: (page + 1) * page_size };
      const { content, more } = answer;
      const known = new Set(rows);
      if (!page || content.some((row) => known.has(placeOf(row))) || (more && !content.length)) return answer;
      // The last rows are gone, and others may have moved across the boundary: read around it.
      const before = Math.ceil(end / size - 0.5);
      const across = await read(before, Math.min(size, Math.floor(end / (before + 0.5))));
      return { ...answer, content: [...content, ...across.content] };
    },
    initialPageParam: { end: 0, rows: [] },
    getNextPageParam: (last, pages) =>
      last.more && pages.length < maxPages && !isStuck(pages)
        ? { end: last.end, rows: last.content.map(placeOf) }
        : undefined,
  });
}

/** Identifies a row with its time: a session that was moved is no longer at the boundary. */
function placeOf({ session_id, start_time }: Session): string {
  return session_id + start_time;
}
