import type {
  ConnectionBannerMessages,
  EntryLinkMessages,
  FailureMessages,
  FrontDeskMessages,
  IdleLockMessages,
  ParticipantListMessages,
  SessionDetailsMessages,
  SessionListMessages,
  SessionSchedulerMessages,
} from "../../src/index.ts";

const sessionList: Partial<SessionListMessages> = {
  label: "Sitzungen",
  filters: "Sitzungen filtern",
  views: { upcoming: "Anstehend", active: "Laufend", past: "Vergangen", canceled: "Abgesagt" },
  search: "Namen suchen",
  person: "Behandelnde",
  everyone: "Alle Behandelnden",
  dates: "Zeitraum",
  ranges: (view) => ({
    today: "Heute",
    week: view === "past" ? "Letzte 7 Tage" : view === "canceled" ? "7 Tage zurück und voraus" : "Nächste 7 Tage",
    month: view === "past" ? "Letzte 30 Tage" : view === "canceled" ? "30 Tage zurück und voraus" : "Nächste 30 Tage",
    custom: "Zeitraum wählen …",
  }),
  order: "Reihenfolge",
  orders: { forward: "Früheste zuerst", reverse: "Späteste zuerst" },
  loading: "Sitzungen werden geladen …",
  count: ({ count, complete }) => `${sessions(count)}${complete ? "" : " bisher"}`,
  updated: (minutes) => (minutes < 1 ? "Gerade aktualisiert" : `Vor ${minutes} min aktualisiert`),
  refresh: "Aktualisieren",
  more: "Mehr laden",
  now: "Läuft gerade",
  today: "Heute",
  tomorrow: "Morgen",
  yesterday: "Gestern",
  inGroup: sessions,
  noGuests: "Noch keine Gäste",
  noHost: "Noch keine Leitung",
  duration,
  startsIn: (minutes) => `in ${duration(minutes)}`,
  left: (minutes) => `noch ${duration(minutes)}`,
  endedAgo: (minutes) => `vor ${duration(minutes)}`,
  canceled: "Abgesagt",
};

const frontDesk: Partial<FrontDeskMessages> = {
  label: "Empfang",
  clock: ({ time, city, offset }) => `${time} in ${city} (${offset})`,
  book: "Sitzung buchen",
  choose: "Sitzung auswählen",
  chooseHint: "Personen, Links und Zeiten stehen dann hier.",
};

const sessionDetails: Partial<SessionDetailsMessages> = {
  back: "Alle Sitzungen",
  loading: "Sitzung wird geladen …",
  statuses: { scheduled: "Geplant", active: "Läuft", ended: "Beendet", canceled: "Abgesagt" },
  startsIn: (minutes) => `Beginnt in ${duration(minutes)}`,
  left: (minutes) => `Noch ${duration(minutes)}`,
  startsOn: (days) => ["Beginnt heute", "Beginnt morgen"][days] ?? `Beginnt in ${days} Tagen`,
  duration,
  elsewhere: ({ times, day, city, zone }) => `${day ? `${day}, ` : ""}${times} in ${city} (${zone})`,
  flags: (count) => `Funktionsschalter: ${count}`,
  join: "Teilnehmen",
  reschedule: "Verschieben",
  cancel: "Sitzung absagen",
  bookAgain: "Erneut buchen",
  joinLater: (start) => `Teilnehmen geht ab ${start}, wenn die Sitzung beginnt.`,
};

const participantList: Partial<ParticipantListMessages> = {
  title: "Personen",
  loading: "Personen werden geladen …",
  add: "Person hinzufügen",
  editFor: (name) => `${name} bearbeiten`,
  removeFor: (name) => `${name} entfernen`,
  host: "Leitung",
  guest: "Gast",
  hostHint: "Tritt direkt ein",
  guestHint: "Wartet, bis die Leitung öffnet",
  history: "Verlauf",
};

const entryLink: Partial<EntryLinkMessages> = {
  label: ({ name, role }) => `Zugangslink für ${name}, ${role}`,
  host: "Leitung",
  guest: "Gast",
  masked: "Zugangslink ••••••••",
  maskedSpoken: "Zugangslink, verborgen",
  show: (name) => `Link für ${name} zeigen`,
  copy: "Link kopieren",
  copyFor: (name) => `Link kopieren für ${name}`,
  copyHost: "Leitungslink kopieren",
  copyHostFor: (name) => `Leitungslink kopieren für ${name}`,
  copied: ({ name, role }) => `Link für ${name} (${role}) kopiert`,
  joinFrom: (time) => `Teilnehmen geht ab ${time}, wenn die Sitzung beginnt.`,
};

const sessionScheduler: Partial<SessionSchedulerMessages> = {
  title: "Sitzung buchen",
  close: (title) => `${title}: schließen`,
  name: "Name der Sitzung",
  when: "Wann",
  zone: (city) => `Zeit in ${city}`,
  date: "Datum",
  dateParts: { day: "Tag", month: "Monat", year: "Jahr" },
  start: "Beginn",
  duration: "Dauer",
  minutes: duration,
  other: "Andere",
  people: "Personen",
  add: "Person hinzufügen",
  host: "Leitung",
  guest: "Gast",
  book: "Sitzung buchen",
  discard: "Verwerfen",
};

const connectionBanner: ConnectionBannerMessages = {
  signIn: "Anmelden",
  back: "Wieder verbunden",
  signedIn: "Sie sind wieder angemeldet",
};

const idleLock: IdleLockMessages = {
  warned: {
    title: "Sind Sie noch da?",
    body: "Diese Seite wurde eine Weile nicht benutzt und wird gleich abgedeckt. Drücken Sie eine beliebige Taste, damit sie offen bleibt.",
  },
  left: (seconds) => (seconds === 1 ? "noch 1 Sekunde" : `noch ${seconds} Sekunden`),
  stay: "Offen lassen",
  covered: {
    title: "Diese Seite ist abgedeckt",
    body: "Sie wurde eine Weile nicht benutzt. Was Sie eingegeben haben, ist noch da.",
  },
  uncover: "Weiter",
  notConfirmed: {
    title: "Wir konnten nicht bestätigen, dass Sie es sind",
    body: "Die Seite bleibt abgedeckt. Versuchen Sie es noch einmal.",
  },
};

const failure: Partial<FailureMessages> = {
  auth_required: {
    title: "Sie wurden abgemeldet",
    body: "Melden Sie sich wieder an und versuchen Sie es dann noch einmal. Was Sie eingegeben haben, bleibt hier.",
  },
  unreachable: {
    title: "Der Dienst war nicht zu erreichen",
    body: "Es hat sich nichts geändert. Prüfen Sie die Verbindung und versuchen Sie es dann noch einmal.",
  },
  offline: {
    title: "Sie sind offline",
    body: "Was schon hier steht, können Sie lesen. Bis Sie wieder online sind, wird nichts gebucht, geändert oder von selbst gesendet.",
  },
  server: {
    title: "Der Dienst hatte eine Störung",
    body: "Es liegt nicht an Ihnen. Versuchen Sie es gleich noch einmal.",
  },
  rate_limited: { title: "Der Dienst ist ausgelastet", body: "Es hat sich nichts geändert." },
  retry: "Noch einmal versuchen",
  retryAfter: (seconds) => `Sie können es in ${seconds} s noch einmal versuchen.`,
  retryNow: "Sie können es jetzt noch einmal versuchen.",
  stale: ({ minutes, time }) =>
    minutes < 1 ? `Stand: gerade eben, ${time}` : `Stand: vor ${duration(minutes)}, ${time}`,
  waiting: "Wartet auf den Dienst",
  waitingForSignIn: "Wartet auf die Anmeldung",
};

/** For the provider: each component takes its own table, and what is left out stays English. */
export const german = {
  connectionBanner,
  entryLink,
  failure,
  frontDesk,
  idleLock,
  participantList,
  sessionDetails,
  sessionList,
  sessionScheduler,
};

function sessions(count: number): string {
  return count === 1 ? "1 Sitzung" : `${count} Sitzungen`;
}

function duration(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  return [hours && `${hours} Std.`, (minutes % 60 || !hours) && `${minutes % 60} Min.`].filter(Boolean).join(" ");
}
