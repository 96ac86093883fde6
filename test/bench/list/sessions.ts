import type { Session, SessionPage } from "../../../src/api/schemas.ts";

/** A list under measurement. Its sessions are in memory already. */
export interface SessionTable {
  mount: (root: Element) => void;
  /** Changes the name of the fourth session in the query cache. */
  change: (name: string) => void;
}

/** Monday 12 January 2026, 9 am in Sydney. */
export const now = new Date("2026-01-11T22:00:00Z");
export const timeZone = "Australia/Sydney";
export const locale = "en-AU";
const pageSize = 200;
const daysOfSessions = 6;

const names = [
  "Blood pressure review",
  "Diabetes care plan",
  "Family session",
  "Fluency review",
  "Knee rehab follow-up",
  "Post-op check",
  "Shoulder assessment",
  "Voice therapy",
];
const hosts = ["Dr Amara Okafor", "Mei-Ling Chen", "Siobhán O’Neill", "Dr Rajiv Menon"];
const guests = [
  "Ana Lee",
  "Kwame Mensah",
  "Ngọc Trần",
  "Sofía Hernández",
  "Wei Zhang",
  "Ingrid Sørensen",
  "Daniel Cohen",
];

/** Pages of upcoming sessions, spread over six days. */
export function createSessions(count: number): SessionPage[] {
  const sessions = Array.from({ length: count }, (_, index) => createSession(index, count));
  return Array.from({ length: Math.ceil(count / pageSize) }, (_, page) => {
    const content = sessions.slice(page * pageSize, (page + 1) * pageSize);
    return { content, more: true, page, page_size: pageSize };
  });
}

function createSession(index: number, count: number): Session {
  const session_id = `session-${index}`;
  const quarters = 1 + Math.floor((index / count) * daysOfSessions * 96);
  const start = now.getTime() + quarters * 15 * 60_000;
  const person = (role: string, name: string) => ({
    participant_id: `${session_id}-${role}`,
    session_id,
    display_name: name,
    role,
    state: role === "HOST" ? name : undefined,
    entry_url: `https://coviu.com/session/${session_id}-${role}`,
  });
  return {
    session_id,
    session_name: names[index % names.length],
    start_time: new Date(start).toISOString(),
    end_time: new Date(start + 30 * 60_000).toISOString(),
    participants: [
      person("HOST", hosts[index % hosts.length] ?? ""),
      person("GUEST", `${guests[index % guests.length]} ${index}`),
    ],
  };
}

/** The pages with another name of the fourth session, as an event of an app would set them. */
export function withName<Page extends SessionPage>([first, ...others]: readonly Page[], name: string): Page[] {
  if (!first) return [];
  const content = first.content.map((session, index) => (index === 3 ? { ...session, session_name: name } : session));
  return [{ ...first, content }, ...others];
}
