import type { EveryText } from "./everyText.ts";

const connectionBanner: EveryText["connectionBanner"] = {
  signIn: "Anmelden",
  back: "Wieder verbunden",
  signedIn: "Sie sind angemeldet",
};

const entryLink: EveryText["entryLink"] = {
  label: ({ name, role }) => `Zugangslink für ${name}, ${role}`,
  host: "Leitung",
  guest: "Gast",
  unnamed: "eine Person ohne Namen",
  masked: "Zugangslink ••••••••",
  maskedSpoken: "Zugangslink, verborgen",
  show: (name) => `Link für ${name} zeigen`,
  copy: "Link kopieren",
  copyFor: (name) => `Link kopieren für ${name}`,
  copyHost: "Leitungslink kopieren",
  copyHostFor: (name) => `Leitungslink kopieren für ${name}`,
  copied: ({ name, role }) => `Link für ${name} (${role}) kopiert`,
  refused: "Ihr Browser hat das Kopieren nicht erlaubt. Blenden Sie den Link ein, um ihn von Hand zu kopieren.",
  selected: "Der Link ist markiert: drücken Sie Strg+C, am Mac ⌘C.",
  field: (name) => `Zugangslink für ${name}`,
  join: "Teilnehmen",
  joinFor: (name) => `Teilnehmen als ${name} (öffnet einen neuen Tab)`,
  joinFrom: (time) => `Teilnehmen geht ab ${time}, wenn die Sitzung beginnt.`,
  missing: "Der Dienst hat für diese Person keinen Zugangslink geschickt. Aktualisieren Sie, um neu zu fragen.",
  untrusted:
    "Dieser Link führt zu einer Adresse, der hier nicht vertraut wird. Er lässt sich nicht zeigen, kopieren oder öffnen. Sagen Sie es denen, die diese Seite betreiben.",
  ended: "Diese Sitzung ist beendet. Der Link gilt nicht mehr.",
  canceled: "Diese Sitzung wurde abgesagt. Der Link gilt nicht mehr.",
  hostTitle: "Leitungslink kopieren?",
  hostBody: ({ name, guests }) =>
    `Mit diesem Link tritt man als ${name} ein, mit Leitung: wer ihn hat, kann andere einlassen und die Sitzung führen.${
      guests === 0
        ? ""
        : ` ${guests === 1 ? "Ein Gast nimmt" : `${guests} Gäste nehmen`} teil: achten Sie darauf, wo Sie ihn einfügen.`
    }`,
  hostOthers: ({ names, guests }) =>
    `Suchen Sie den Link eines Gastes? ${names} ${guests === 1 ? "hat einen eigenen" : "haben je einen eigenen"}.`,
  others: (count) => (count === 1 ? "1 weitere Person" : `${count} weitere`),
  goBack: "Zurück",
};

const failure: EveryText["failure"] = {
  invalid_input: {
    title: "So lässt sich das nicht senden",
    body: "Prüfen Sie Ihre Eingaben und versuchen Sie es noch einmal.",
  },
  auth_required: {
    title: "Sie sind nicht angemeldet",
    body: "Melden Sie sich an und versuchen Sie es dann noch einmal. Was Sie eingegeben haben, bleibt hier.",
  },
  auth_unavailable: {
    title: "Ihre Anmeldung ließ sich nicht prüfen",
    body: "Es wurde nichts gesendet. Versuchen Sie es gleich noch einmal; hilft das nicht, melden Sie sich neu an.",
  },
  forbidden: {
    title: "Das dürfen Sie nicht",
    body: "Es hat sich nichts geändert. Fragen Sie die, die Ihre Rechte verwalten.",
  },
  not_found: {
    title: "Das gibt es nicht mehr",
    body: "Vielleicht hat jemand es abgesagt oder entfernt. Aktualisieren Sie die Liste, um den Stand zu sehen.",
  },
  invalid_request: {
    title: "Der Dienst hat das abgelehnt",
    body: "Es hat sich nichts geändert. Prüfen Sie Ihre Eingaben und versuchen Sie es noch einmal.",
  },
  conflict: {
    title: "Jemand anderes war schneller",
    body: "Von Ihnen wurde nichts gespeichert. Aktualisieren Sie und versuchen Sie es noch einmal.",
  },
  rate_limited: { title: "Der Dienst ist ausgelastet", body: "Es hat sich nichts geändert." },
  server: {
    title: "Der Dienst hatte eine Störung",
    body: "Es liegt nicht an Ihnen. Versuchen Sie es gleich noch einmal.",
  },
  unreachable: {
    title: "Der Dienst war nicht zu erreichen",
    body: "Es hat sich nichts geändert. Prüfen Sie die Verbindung und versuchen Sie es dann noch einmal.",
  },
  wrong_address: {
    title: "Unter dieser Adresse ist der Dienst nicht zu erreichen",
    body: "Es hat sich nichts geändert. Dort antwortet ein anderer Server, zum Beispiel eine Anmeldeseite des Netzwerks. Versuchen Sie es noch einmal; bleibt es dabei, sagen Sie den Betreibern dieser Seite Bescheid.",
  },
  timeout: { title: "Der Dienst hat zu lange nicht geantwortet", body: "Versuchen Sie es gleich noch einmal." },
  bad_response: {
    title: "Die Antwort des Dienstes ist nicht lesbar",
    body: "Versuchen Sie es noch einmal. Hilft das nicht, sagen Sie es denen, die diese Seite betreiben.",
  },
  server_render: { title: "Das lässt sich nur im Browser zeigen", body: "Laden Sie die Seite neu." },
  offline: {
    title: "Sie sind offline",
    body: "Was schon hier steht, können Sie lesen. Bis Sie wieder online sind, wird nichts gebucht, geändert oder von selbst gesendet.",
  },
  unknownOutcome: {
    title: "Das ließ sich nicht bestätigen",
    body: "Es kam keine klare Antwort, es kann also geschehen sein oder nicht. Sehen Sie nach, bevor Sie es noch einmal versuchen.",
  },
  explained: (words) => `Der Dienst sagt: „${words}“`,
  retry: "Noch einmal versuchen",
  retryAfter: (seconds) =>
    `Sie können es in ${seconds < 100 ? `${seconds} s` : duration(Math.ceil(seconds / 60))} noch einmal versuchen.`,
  retryLater: "Der Dienst bittet, länger als eine Stunde zu warten. Versuchen können Sie es trotzdem.",
  retryNow: "Sie können es jetzt noch einmal versuchen.",
  stale,
  waiting: "Wartet auf den Dienst",
  waitingForSignIn: "Wartet auf die Anmeldung",
};

const frontDesk: EveryText["frontDesk"] = {
  label: "Empfang",
  clock: ({ time, city, offset }) => `${time}${city === offset ? ` ${city}` : ` in ${city} (${offset})`}`,
  book: "Sitzung buchen",
  choose: "Sitzung auswählen",
  chooseHint: "Personen, Links und Zeiten stehen dann hier.",
  opened: (name) => `${name} ist geöffnet. Noch einmal drücken, um dorthin zu gehen.`,
  untitled: "Sitzung ohne Namen",
  booked: "Sitzung gebucht",
  bookedBody,
  showLinks: "Links zeigen",
  dismiss: "Schließen",
};

const editConflict: EveryText["editConflict"] = {
  theirChanges: (changes) =>
    `Jemand anderes hat das inzwischen geändert. ${changes.map(({ label, theirs }) => `${label}: jetzt ${theirs}.`).join(" ")}`,
  title: "Jemand anderes hat dasselbe geändert",
  body: "Wählen Sie, was gelten soll, und speichern Sie dann noch einmal. Es wurde nichts gesendet.",
  mine: "Ihres",
  theirs: "Deren",
  original: "Vorher",
  keepMine: "Meines behalten",
  keepMineFor: (label) => `Meines behalten: ${label}`,
  takeTheirs: "Deren übernehmen",
  takeTheirsFor: (label) => `Deren übernehmen: ${label}`,
  keptMine: (label) => `${label}: Ihres bleibt. Speichern Sie, um es zu senden.`,
  tookTheirs: (label) => `${label}: deren bleibt.`,
  empty: "nichts",
  overwrittenTitle: "Jemand anderes hat das nach Ihnen geändert",
  overwritten: ({ label, mine, theirs }) => `${label} ist jetzt ${theirs}. Sie hatten ${mine} gespeichert.`,
};

const participantList: EveryText["participantList"] = {
  title: "Personen",
  loading: "Personen werden geladen …",
  failed: "Die Personen ließen sich nicht laden",
  empty: "Noch niemand hinzugefügt",
  emptyHint: "Fügen Sie eine Leitung und die Gäste hinzu. Jede Person bekommt einen eigenen Zugangslink.",
  add: "Person hinzufügen",
  locked: {
    ended: "Diese Sitzung ist beendet. Personen und Links lassen sich nicht mehr ändern.",
    canceled: "Diese Sitzung wurde abgesagt. Personen und Links lassen sich nicht mehr ändern.",
    gone: "Diese Sitzung gibt es nicht mehr. Personen und Links lassen sich nicht mehr ändern.",
  },
  typedStays: "Was Sie eingegeben haben, steht noch hier und lässt sich kopieren.",
  editFor: (name) => `${name} bearbeiten`,
  removeFor: (name) => `${name} entfernen`,
  removing: "Wird entfernt …",
  unnamed: "Person ohne Namen",
  sameName: ({ name, number }) => `${name} (${number})`,
  hostHint: "Tritt direkt ein",
  guestHint: "Wartet, bis die Leitung öffnet",
  added: (name) => `${name} hinzugefügt`,
  saved: (name) => `Änderungen an ${name} gespeichert`,
  removed: (name) => `${name} entfernt`,
  alreadyRemoved: (name) => `${name} war schon entfernt`,
  changedBesides: ({ label, value }) =>
    `Jemand anderes hatte das auch geändert. ${label}: jetzt ${value || editConflict.empty}.`,

  addTitle: "Person hinzufügen",
  editTitle: (name) => `${name} bearbeiten`,
  name: "Name",
  role: "Rolle",
  host: "Leitung",
  guest: "Gast",
  hostMeans: "Die Leitung tritt direkt ein und kann andere einlassen.",
  guestMeans: "Ein Gast wartet, bis die Leitung öffnet.",
  state: "Ihr Zeichen",
  stateHint: "Freiwillig. Eigener Text, etwa Ihre Nummer für diese Person.",
  picture: "Adresse des Bildes",
  pictureHint: "Freiwillig. Beginnt mit https://",
  cancel: "Abbrechen",
  close: "Schließen",
  addSubmit: "Person hinzufügen",
  save: "Änderungen speichern",
  saving: "Wird gespeichert …",
  unseen,
  problems: {
    empty: "Geben Sie einen Namen ein",
    long: (most) => `Höchstens ${most} Zeichen`,
    picture: "Geben Sie eine Webadresse ein, die mit https:// beginnt",
  },
  gone: (name) => ({
    title: `${name} ist schon entfernt worden`,
    body: "Jemand war inzwischen schneller. Was Sie eingegeben haben, steht noch hier: Sie können die Person damit wieder hinzufügen, mit neuem Link.",
  }),
  addAgain: "Wieder hinzufügen",
  checkFailed: "Die Person ließ sich nicht suchen",
  discardTitle: "Eingaben verwerfen?",
  discardBody: "Es wurde noch nichts gespeichert.",
  discard: "Verwerfen",
  keepEditing: "Weiter bearbeiten",

  removeTitle: (name) => `${name} entfernen?`,
  removeBody: "Der Link gilt dann nicht mehr, und das lässt sich nicht rückgängig machen.",
  keepFor: (name) => `${name} behalten`,

  history: "Verlauf",
  historyCount: (count) =>
    `Verlauf: ${count === 0 ? "niemand wurde entfernt" : count === 1 ? "1 entfernte Person" : `${count} entfernte Personen`}`,
  removedAt: ({ day, time }) => `Entfernt ${day}, ${time}`,
};

const sessionDetails: EveryText["sessionDetails"] = {
  back: "Alle Sitzungen",
  loading: "Sitzung wird geladen …",
  failed: "Diese Sitzung ließ sich nicht zeigen",
  untitled: "Sitzung ohne Namen",
  statuses: { scheduled: "Geplant", active: "Läuft", ended: "Beendet", canceled: "Abgesagt" },
  startsIn: (minutes) => `Beginnt in ${duration(minutes)}`,
  timeLeft: (minutes) => `Noch ${duration(minutes)}`,
  endedAgo: (minutes) => (minutes < 1 ? "Gerade eben" : `Vor ${duration(minutes)}`),
  startsOn: (days) => ["Beginnt heute", "Beginnt morgen"][days] ?? `Beginnt in ${days} Tagen`,
  endedOn: (days) => ["Heute", "Gestern"][days] ?? `Vor ${days} Tagen`,
  canceledAt: ({ time, day }) => `Um ${time}${day ? `, ${day}` : " heute"}`,
  duration,
  day: ({ day, city, zone }) => `${day}, ${city}${zone === city ? "" : ` (${zone})`}`,
  elsewhere: ({ times, day, city, zone }) =>
    `${day ? `${day}, ` : ""}${times} in ${city}${zone === city ? "" : ` (${zone})`}`,
  flags: (count) => `Funktionsschalter: ${count}`,
  join: "Teilnehmen",
  joinName: (name) => `Teilnehmen: ${name}`,
  reschedule: "Verschieben",
  changeEnd: "Ende ändern",
  cancel: "Sitzung absagen",
  bookAgain: "Erneut buchen",
  joinLater: (start) => `Teilnehmen geht ab ${start}, wenn die Sitzung beginnt.`,
  cannotCancel: (end) => `Eine Sitzung, die läuft, lässt sich nicht absagen. Sie endet von selbst um ${end}.`,
  cannotMove: "Diese Sitzung ist beendet und lässt sich nicht verschieben.",
  bookInstead: "Buchen Sie sie stattdessen erneut.",
  joinCanceled: "An einer abgesagten Sitzung kann niemand teilnehmen. Erneutes Buchen ergibt neue Links.",
  joinCanceledForGood: "An einer abgesagten Sitzung kann niemand teilnehmen.",
  canceledDone: (name) => `${name} abgesagt`,
  canceledBefore: (name) => `${name} war schon abgesagt`,
  moved: (name) => `${name} gespeichert`,
  duplicateTitle: "Diese Sitzung ist doppelt gebucht",
  duplicateBody: ({ name, day, time }) =>
    `Es gibt zwei Sitzungen „${name}“ am ${day}, ${time}, mit denselben Personen. Sagen Sie eine davon ab und verschicken Sie die Links der anderen.`,
  duplicateCancel: "Eine davon absagen",

  confirmTitle: "Diese Sitzung absagen?",
  confirmBody: ({ name, people, day, times }) =>
    `${name}${people && ` mit ${people}`}, ${day}, ${times}. Niemand kann dann teilnehmen, und das lässt sich nicht rückgängig machen. Es wird keine Nachricht verschickt: sagen Sie selbst Bescheid. Sie können sie später erneut buchen, mit neuen Links.`,
  others: (count) => (count === 1 ? "1 weitere Person" : `${count} weitere`),
  keep: "Sitzung behalten",
  canceling: "Wird abgesagt …",
  confirm: ({ start, people }) => `${start}${people && ` mit ${people}`} absagen`,
  refused: {
    canceled: "Diese Sitzung ist schon abgesagt.",
    ended: "Diese Sitzung ist beendet und lässt sich nicht absagen.",
    started: "Diese Sitzung hat begonnen und lässt sich nicht mehr absagen.",
    "not-started": "",
  },
};

const kinds = { upcoming: "anstehende", active: "laufende", past: "vergangene", canceled: "abgesagte" };

const sessionList: EveryText["sessionList"] = {
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
  from: "Erster Tag",
  to: "Letzter Tag",
  dateParts: { day: "Tag", month: "Monat", year: "Jahr" },
  noSuchDay: "Diesen Tag gibt es nicht",
  wholeYear: "Geben Sie ein Jahr wie 2026 ein",
  order: "Reihenfolge",
  orders: { forward: "Früheste zuerst", reverse: "Späteste zuerst" },
  loading: "Sitzungen werden geladen …",
  count: ({ count, complete }) => `${sessions(count)}${complete ? "" : " bisher"}`,
  updated: (minutes) => (minutes < 1 ? "Gerade aktualisiert" : `Vor ${minutes} min aktualisiert`),
  stale,
  refresh: "Aktualisieren",
  more: "Mehr laden",
  pages: "Seiten mit Sitzungen",
  previous: "Zurück",
  next: "Weiter",
  shown: ({ from, to, count }) => `${from} bis ${to} von ${count}`,
  incomplete: {
    title: "Diese Liste ist vielleicht unvollständig",
    body: "Der Dienst sagt, es gebe mehr Sitzungen, schickt sie aber nicht. Aktualisieren Sie oder wählen Sie weniger Tage.",
  },
  startsSoon: ({ names, minutes }) =>
    `In ${minutes} ${minutes === 1 ? "Minute" : "Minuten"}: ${names.length > 3 ? sessions(names.length) : names.join(", ")}`,
  now: "Läuft gerade",
  today: "Heute",
  tomorrow: "Morgen",
  yesterday: "Gestern",
  inGroup: sessions,
  untitled: "Sitzung ohne Namen",
  unnamed: "Person ohne Namen",
  noGuests: "Noch keine Gäste",
  noHost: "Noch keine Leitung",
  hostedBy: "Leitung:",
  duplicate: "Vielleicht doppelt gebucht",
  others: (count) => `+${count}`,
  separator: ", ",
  duration,
  startsIn: (minutes) => `in ${duration(minutes)}`,
  timeLeft: (minutes) => `noch ${duration(minutes)}`,
  endedAgo: (minutes) => (minutes < 1 ? "gerade eben" : `vor ${duration(minutes)}`),
  canceled: "Abgesagt",
  firstUse: {
    title: "Noch keine Sitzungen",
    hint: "Für die nächsten 7 Tage ist nichts gebucht. Jede Person einer Sitzung bekommt einen eigenen Zugangslink.",
  },
  empty: {
    upcoming: { title: "Keine anstehenden Sitzungen", hint: "Für die nächsten 7 Tage ist nichts gebucht." },
    active: { title: "Keine Sitzung läuft", hint: "Sitzungen stehen hier von ihrem Beginn bis zu ihrem Ende." },
    past: {
      title: "Keine vergangenen Sitzungen",
      hint: "In den letzten 7 Tagen endete keine Sitzung. Wählen Sie andere Tage, um weiter zurückzusehen.",
    },
    canceled: {
      title: "Keine abgesagten Sitzungen",
      hint: "Abgesagte Sitzungen bleiben hier, damit sie erneut gebucht werden können.",
    },
  },
  emptySoFar: (view) => ({
    title: `Bisher keine ${kinds[view]} Sitzung`,
    hint: "Noch sind nicht alle Sitzungen dieser Tage gelesen.",
  }),
  unmatched: ({ view, search }) =>
    search
      ? `Keine ${kinds[view]} Sitzung passt zu „${search}“`
      : `Keine ${kinds[view]} Sitzung passt zu diesen Filtern`,
  searched: ({ view, count }) =>
    `Durchsucht: die Namen aus ${count === 1 ? "1 geladenen Sitzung" : `${count} geladenen Sitzungen`}. Prüfen Sie die Schreibweise oder sehen Sie unter „${view === "past" ? "Anstehend" : "Vergangen"}“ nach.`,
  unmatchedHint: "Wählen Sie andere Tage oder andere Behandelnde.",
  clearSearch: "Suche löschen",
  clearFilters: "Filter löschen",
};

const sessionScheduler: EveryText["sessionScheduler"] = {
  title: "Sitzung buchen",
  editTitle: ({ name, movable }) => `${name} ${movable ? "verschieben" : "ändern"}`,
  edit: "Sitzung ändern",
  close: (title) => `${title}: schließen`,
  loading: "Sitzung wird geladen …",
  untitled: "Sitzung ohne Namen",
  current: (times) => `Jetzt ${times}.`,
  keepLinks: "Alle behalten ihren Link; sagen Sie ihnen die neue Zeit.",
  name: "Name der Sitzung",
  unseen,
  when: "Wann",
  zone: timeIn,
  date: "Datum",
  dateParts: { day: "Tag", month: "Monat", year: "Jahr" },
  start: "Beginn",
  startHint: "Etwa 9, 930 oder 21:30",
  duration: "Dauer",
  minutes: duration,
  other: "Andere",
  end: "Ende",
  result: ({ day, times, city, zone, offset }) =>
    `${day}, ${times}, ${city === offset ? city : `${timeIn(city)} (${named(zone, offset)})`}`,
  elsewhere: ({ day, times, city, zone, shift }) =>
    `${day}, ${times} in ${city}${zone === city ? "" : ` (${zone})`}${shift ? `, am Tag ${shift === "before" ? "davor" : "danach"}` : ""}`,
  cannotMove: "Diese Sitzung hat begonnen, ihr Beginn lässt sich nicht mehr ändern.",
  lateStart: ({ day, time }) => `Sie hatten ${day}, ${time} eingegeben.`,
  locked: {
    ended: "Diese Sitzung ist beendet und lässt sich nicht ändern. Buchen Sie sie stattdessen erneut.",
    canceled: "Diese Sitzung wurde abgesagt und lässt sich nicht ändern. Buchen Sie sie stattdessen erneut.",
    gone: "Diese Sitzung lässt sich nicht mehr ändern: es gibt sie nicht mehr. Vielleicht hat jemand sie abgesagt.",
  },
  typedStays: participantList.typedStays,

  missing: ({ time, day, from, to }) => `${time} gibt es am ${day} nicht: die Uhr springt von ${from} auf ${to}.`,
  use: (time) => `${time} nehmen`,
  twice: ({ time, day }) => `${time} gibt es am ${day} zweimal. Welche Zeit ist gemeint?`,
  twiceHint: ({ city, from, to }) =>
    `In ${city} werden die Uhren in dieser Nacht von ${from} auf ${to} zurückgestellt.`,
  first: (time) => `Das erste ${time}`,
  firstHint: ({ zone, offset }) => `Bevor die Uhren zurückgestellt werden (${named(zone, offset)})`,
  second: (time) => `Das zweite ${time}`,
  secondHint: ({ zone, offset, minutes }) =>
    `${minutes === 60 ? "Eine Stunde" : `${minutes} Minuten`} später, nachdem die Uhren zurückgestellt sind (${named(zone, offset)})`,

  people: "Personen",
  peopleHint: "Die Leitung tritt direkt ein. Ein Gast wartet, bis sie öffnet. Jede Person bekommt einen eigenen Link.",
  person: ({ name, number }) => name || `Person ${number}`,
  personName: (number) => `Name von Person ${number}`,
  nameColumn: "Name",
  role: (person) => `Rolle von ${person}`,
  host: "Leitung",
  guest: "Gast",
  more: "Mehr",
  moreAbout: (person) => `Mehr zu ${person}`,
  state: participantList.state,
  stateHint: participantList.stateHint,
  picture: participantList.picture,
  pictureHint: participantList.pictureHint,
  remove: (person) => `${person} entfernen`,
  add: "Person hinzufügen",

  options: "Weitere Angaben",
  sessionPicture: "Adresse des Bildes der Sitzung",
  flags: "Funktionsschalter",
  flagsHint: "Freiwillig, einer je Zeile. Nach dem Buchen lassen sie sich nicht ändern.",

  book: "Sitzung buchen",
  booking: "Wird gebucht …",
  move: "Sitzung verschieben",
  moving: "Wird verschoben …",
  save: "Änderungen speichern",
  saving: "Wird gespeichert …",
  discard: "Verwerfen",
  keep: (time) => `${time} behalten`,

  problems: ({ count, editing }) =>
    `Vor dem ${editing ? "Speichern" : "Buchen"} ${count === 1 ? "ist 1 Angabe" : `sind ${count} Angaben`} zu berichtigen`,
  problem: {
    name: "Geben Sie der Sitzung einen Namen",
    nameLong: "Höchstens 256 Zeichen für den Namen der Sitzung",
    date: "Geben Sie ein Datum ein, das es gibt, mit Tag, Monat und Jahr",
    year: "Geben Sie ein Jahr wie 2026 ein",
    start: "Geben Sie einen Beginn ein, etwa 9:30",
    end: "Geben Sie ein Ende ein, etwa 10:30",
    past: (now) => `Wählen Sie einen Beginn nach ${now} heute`,
    which: (time) => `Wählen Sie, welches ${time} gemeint ist`,
    order: (start) => `Wählen Sie ein Ende nach ${start}`,
    long: "Wählen Sie ein Ende höchstens 12 Stunden nach dem Beginn",
    picture: "Geben Sie für das Bild eine Adresse ein, die mit https:// beginnt",
    person: (number) => `Geben Sie einen Namen für Person ${number} ein oder entfernen Sie die Zeile`,
    personLong: (number) => `Höchstens 256 Zeichen für Person ${number}`,
    personPicture: (number) => `Geben Sie für das Bild von Person ${number} eine Adresse ein, die mit https:// beginnt`,
  },

  startAt: (time) => `Um ${time} beginnen`,
  clashTitle: (host) => `${host} hat dann schon eine Sitzung`,
  clashBody: ({ name, times, minutes }) =>
    `${name}, ${times}, überschneidet sich um ${duration(minutes)}. Sie können diese trotzdem buchen.`,
  startInstead: (time) => `Stattdessen um ${time} beginnen`,

  checkingTitle: "Es wird geprüft, ob gebucht wurde …",
  checkingBody: "Es kam keine klare Antwort, deshalb wird die Buchung gesucht. Nichts wird zweimal gesendet.",
  checkingShort: "Wird geprüft …",
  unknownTitle: "Diese Buchung ließ sich nicht bestätigen",
  unknownBody:
    "Die Verbindung brach ab, bevor eine Antwort kam. Die Sitzung kann gebucht sein oder nicht. Alles, was Sie eingegeben haben, steht noch hier.",
  unclearBody:
    "Es kam keine klare Antwort. Die Sitzung kann gebucht sein oder nicht. Alles, was Sie eingegeben haben, steht noch hier.",
  notFound:
    "Auch beim erneuten Suchen war sie bisher nicht da. Prüfen Sie gleich noch einmal oder buchen Sie trotzdem.",
  checkFailed: "Die Buchung ließ sich nicht suchen",
  checkAgain: "Noch einmal prüfen",
  bookAnyway: "Trotzdem buchen",

  booked: "Sitzung gebucht.",
  bookedBody,
  saved: "Änderungen gespeichert.",

  discardTitle: (editing) => (editing ? "Diese Änderungen verwerfen?" : "Diese Buchung verwerfen?"),
  discardBody: ({ people, editing, unconfirmed }) => {
    if (unconfirmed) return "Sie kann trotzdem gebucht sein: sehen Sie in der Liste nach, bevor Sie sie erneut buchen.";
    if (editing) return "Was Sie geändert haben, geht verloren. Die Sitzung bleibt, wie sie ist.";
    if (people === 0) return "Name und Zeit, die Sie eingegeben haben, gehen verloren.";
    return `Name, Zeit und ${people === 1 ? "die Person" : `${people} Personen`}, die Sie eingegeben haben, gehen verloren.`;
  },
  discardConfirm: (editing) => (editing ? "Änderungen verwerfen" : "Buchung verwerfen"),
  keepEditing: "Weiter bearbeiten",
};

const pendingWrites: EveryText["pendingWrites"] = {
  what: ({ operation, booking }) => {
    const name = writes[operation] ?? "Eine Änderung";
    return booking ? `${name}: ${booking.name}, ${booking.day}, ${booking.time}.` : `${name}.`;
  },
  sending: "Noch unterwegs",
  checking: "Es wird noch geprüft, ob es geschehen ist",
  unknown: failure.unknownOutcome.title,
  unknownBody: "Es kam keine Antwort, es kann also geschehen sein oder nicht.",
  notFound: "Auch beim erneuten Suchen war es bisher nicht da.",
  checkAgain: sessionScheduler.checkAgain,
  confirmed: "Doch erledigt",
  confirmedDuplicate: "Das ist vielleicht doppelt gebucht",
  confirmedDuplicateBody:
    "Es tauchte auf, nachdem erneut gebucht worden war. Sehen Sie beide an und sagen Sie eine ab.",
  done: "Erledigt",
  refused: "Das wurde nicht ausgeführt",
  interrupted: ({ time, day }) =>
    `Eine um ${time}${day ? `, ${day},` : ""} begonnene Buchung war nicht bestätigt, als die Seite verlassen wurde`,
  interruptedBody: "Sie kann gebucht sein oder nicht. Sehen Sie in der Liste nach, bevor Sie sie erneut buchen.",
  untitled: sessionScheduler.untitled,
  show: "Zeigen",
  dismiss: "Schließen",
};

const idleLock: EveryText["idleLock"] = {
  warned: {
    title: "Sind Sie noch da?",
    body: "Diese Seite wurde eine Weile nicht benutzt und wird gleich abgedeckt. Drücken Sie eine beliebige Taste, damit sie offen bleibt.",
  },
  secondsLeft: (seconds) => (seconds === 1 ? "noch 1 Sekunde" : `noch ${seconds} Sekunden`),
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

const writes: Partial<Record<string, string>> = {
  createSession: "Eine Buchung",
  updateSession: "Die Änderung einer Sitzung",
  deleteSession: "Das Absagen einer Sitzung",
  addSessionParticipant: "Das Hinzufügen einer Person",
  updateSessionParticipant: "Die Änderung einer Person",
  deleteSessionParticipant: "Das Entfernen einer Person",
};

/** German texts for the provider. A translation may be partial. Missing texts are English. */
export const german: EveryText = {
  connectionBanner,
  entryLink,
  failure,
  frontDesk,
  editConflict,
  idleLock,
  participantList,
  sessionDetails,
  sessionList,
  sessionScheduler,
  pendingWrites,
};

function sessions(count: number): string {
  return count === 1 ? "1 Sitzung" : `${count} Sitzungen`;
}

function duration(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  return [hours && `${hours} Std.`, (minutes % 60 || !hours) && `${minutes % 60} Min.`].filter(Boolean).join(" ");
}

function stale({ minutes, time }: { minutes: number; time: string }): string {
  return minutes < 1 ? `Stand: gerade eben, ${time}` : `Stand: vor ${duration(minutes)}, ${time}`;
}

function unseen(text: string): string {
  return `Enthält Zeichen, die man nicht sieht: ${text}`;
}

function bookedBody({ day, time, city, links }: { day: string; time: string; city: string; links: number }): string {
  const ready =
    links === 0
      ? "Noch ist niemand dabei: fügen Sie Personen hinzu, um ihre Links zu bekommen."
      : links === 1
        ? "1 Link kann verschickt werden."
        : `${links} Links können verschickt werden.`;
  return `${day}, ${time}, ${timeIn(city)}. ${ready}`;
}

function timeIn(city: string): string {
  return city.startsWith("UTC") ? city : `Zeit in ${city}`;
}

function named(zone: string, offset: string): string {
  return zone === offset ? zone : `${zone}, ${offset}`;
}
