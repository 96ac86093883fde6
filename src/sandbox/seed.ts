import { addDays, fromWallClock, toWallClock } from "../domain/wallClock.ts";
import { createRandom } from "./ids.ts";
import type { NewParticipant, NewSession, Store } from "./store.ts";

/** Time zone of the seed's clinic. */
const zone = "Australia/Sydney";
const minuteMs = 60_000;

interface Clinician {
  name: string;
  state: string;
  /** Id of the account at Coviu. Guests have none. */
  user: string;
  /** Names of sessions and their length in minutes. */
  visits: readonly (readonly [string, number])[];
}

const okafor: Clinician = {
  name: "Dr Amara Okafor",
  state: "clinician-okafor",
  user: "6513270e-269e-4d37-b2a7-4de452e6b438",
  visits: [
    ["Blood pressure review", 30],
    ["Repeat prescription", 15],
    ["Diabetes care plan", 30],
    ["Post-op check", 20],
  ],
};
const chen: Clinician = {
  name: "Mei-Ling Chen",
  state: "clinician-chen",
  user: "d23f0824-128b-4f33-8c5c-7fd0a6a3a450",
  visits: [
    ["Knee rehab follow-up", 30],
    ["Shoulder assessment", 30],
    ["Falls prevention review", 45],
    ["Back pain, first visit", 45],
  ],
};
const oneill: Clinician = {
  name: "Siobhán O’Neill",
  state: "clinician-oneill",
  user: "9531985d-5d9d-49f8-9818-e811892f902b",
  visits: [
    ["Fluency review", 45],
    ["Speech therapy", 45],
    ["Swallowing check", 30],
    ["Voice therapy", 45],
  ],
};
const menon: Clinician = {
  name: "Dr Rajiv Menon",
  state: "clinician-menon",
  user: "36f675cc-81e7-4ef5-a8e2-5d940ed90475",
  visits: [
    ["Intake, first visit", 45],
    ["Sleep review", 30],
    ["Mood check-in", 30],
    ["Family session", 50],
  ],
};
const clinicians = [okafor, chen, oneill, menon];

const patients = [
  "Ana Lee",
  "Kwame Mensah",
  "Yusuf Al-Masri",
  "Ngọc Trần",
  "Josephine Dhamarrandji",
  "Priya Raman",
  "Aroha Ngata",
  "Giulia Ferrari",
  "Hamish MacLeod",
  "Fatima Zahra El Idrissi",
  "Jack O’Brien",
  "Sofía Hernández",
  "Wei Zhang",
  "Olena Kovalenko",
  "Tomasz Wójcik",
  "Leilani Kealoha",
  "Min-jun Park",
  "Haruka Sato",
  "Ayodele Adeyemi",
  "Ingrid Sørensen",
  "Mateus Oliveira",
  "Nadia Haddad",
  "Ravi Fernando",
  "Grace Nguyen",
  "Charlotte Brown",
  "Daniel Cohen",
  "Amina Yusuf",
  "Lachlan Murray",
];

/** Adds one week of a clinic around `now`: past, running, upcoming and canceled sessions, always the same for the same `now`. */
export function seedClinic(store: Store, now: Date): void {
  const random = createRandom(20260112);
  const pick = <Item>(items: readonly Item[], index: number) => items[index % items.length];
  const next = Math.floor(now.getTime() / (15 * minuteMs)) * 15 * minuteMs + 15 * minuteMs;
  const booked: { clinician: Clinician; start: number; end: number }[] = [];
  let patient = 0;

  book("Blood pressure review", okafor, next - 30 * minuteMs, 30 + 5, ["Ana Lee"]);
  book("Intake, first visit", menon, next - 15 * minuteMs, 45, ["Kwame Mensah", "Abena Mensah"]);
  book("Knee rehab follow-up", chen, next, 30, ["Tāne Wihongi"]);
  const interpreted = book("Speech therapy with interpreter", oneill, next + 15 * minuteMs, 45, [
    "Yusuf Al-Masri",
    "Layla Haddad",
  ]);
  store.addParticipant(interpreted, { ...guest("Karim Haddad"), deleted_at: new Date(now.getTime() - 90 * minuteMs) });
  book("Case conference", menon, next + 75 * minuteMs, 60, []);
  book(
    "Multidisciplinary discharge planning meeting with community nursing and the family’s chosen support people",
    okafor,
    next + 26 * 60 * minuteMs,
    90,
    ["Wolfeschlegelsteinhausenbergerdorff-Venkatanarasimharajuvaripeta", "Nguyễn Thị Minh Khai"],
  );
  for (const [name, clinician, days, minutesOfDay, person] of [
    ["Diabetes care plan", okafor, 0, 15 * 60 + 30, "Josephine Dhamarrandji"],
    ["Shoulder assessment", chen, 1, 16 * 60, "Giulia Ferrari"],
    ["Voice therapy", oneill, 2, 16 * 60 + 15, "Hamish MacLeod"],
    ["Sleep review", menon, -1, 16 * 60 + 30, "Olena Kovalenko"],
  ] as const) {
    const start = atClinic(now, days, minutesOfDay);
    const canceled = new Date(Math.min(now.getTime(), start) - 40 * minuteMs);
    add(name, clinician, start, 30, [person]).canceled = canceled;
  }

  for (let day = -3; day <= 5; day += 1) {
    clinicians.forEach((clinician, index) => {
      for (let visit = 0; visit < 2; visit += 1) {
        const [name = "Review", length = 30] = pick(clinician.visits, day + 3 + visit * 2 + index) ?? [];
        const slot = 9 * 60 + visit * 255 + index * 30 + Math.floor(random() * 4) * 15;
        const start = atClinic(now, day, slot);
        const guests = [pick(patients, (patient += 1)) ?? ""];
        if (name === "Family session") guests.push(pick(patients, (patient += 1)) ?? "");
        const busy = Math.abs(start - next) < 75 * minuteMs;
        if (!busy && isFree(clinician, start, length)) book(name, clinician, start, length, guests);
      }
    });
  }

  /** Checks that the clinician has no other session at that time. Canceled sessions do not count. */
  function isFree(clinician: Clinician, start: number, length: number): boolean {
    const end = start + length * minuteMs;
    return !booked.some((other) => other.clinician === clinician && start < other.end && other.start < end);
  }

  function book(name: string, clinician: Clinician, start: number, length: number, guests: readonly string[]) {
    booked.push({ clinician, start, end: start + length * minuteMs });
    return add(name, clinician, start, length, guests);
  }

  function add(name: string, clinician: Clinician, start: number, length: number, guests: readonly string[]) {
    const host: NewParticipant = {
      display_name: clinician.name,
      role: "HOST",
      state: clinician.state,
      coviu_user_id: clinician.user,
    };
    return store.addSession(newSession(name, start, start + length * minuteMs, [host, ...guests.map(guest)]));
  }
}

/** Adds upcoming sessions, one each hour, for lists longer than a page. */
export function seedMany(store: Store, now: Date, count: number): void {
  for (let index = 1; index <= count; index += 1) {
    const start = now.getTime() + index * 60 * minuteMs;
    store.addSession(
      newSession(`Review ${index}`, start, start + 30 * minuteMs, [guest(patients[index % patients.length] ?? "")]),
    );
  }
}

function newSession(session_name: string, start: number, end: number, participants: NewParticipant[]): NewSession {
  const written = (time: number) => ({ at: new Date(time), text: new Date(time).toUTCString() });
  return { session_name, start: written(start), end: written(end), feature_flags: [], participants };
}

function guest(display_name: string): NewParticipant {
  return { display_name, role: "GUEST" };
}

/** Converts a local time of the clinic to ms since 1970: days from today, and minutes after midnight. */
function atClinic(now: Date, days: number, minutes: number): number {
  const day = addDays(toWallClock(now, zone), days);
  const reading = fromWallClock({ ...day, hour: Math.floor(minutes / 60), minute: minutes % 60 }, zone);
  return Date.parse(reading.kind === "instant" ? reading.instant : now.toISOString());
}
