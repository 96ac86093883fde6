import { type FormEvent, useRef, useState } from "react";

import {
  formatTime,
  fromWallClock,
  isHost,
  type Participant,
  presentPeople,
  type Session,
  sessionRules,
  toWallClock,
  useCancelSession,
  useCoviu,
  useEntryLink,
  useNow,
  useSession,
  useSessions,
  useSessionStatus,
  useUpdateSession,
  zoneNames,
} from "../../src/index.ts";

/** Today's sessions, and the details of one. The hooks are the kit's, the markup is the app's. */
export function DaySheet() {
  const { locale, timeZone } = useCoviu();
  const now = useNow();
  const list = useSessions(now && sessionsOfDay(now, timeZone), { enabled: now !== undefined });
  const [chosen, setChosen] = useState<string>();

  return (
    <main className="coviu day-sheet">
      <section className="coviu-stack" data-gap="wide" aria-labelledby="day-sheet-title">
        <h1 id="day-sheet-title" className="coviu-title">
          {now?.toLocaleDateString(locale, { timeZone, dateStyle: "full" })}
        </h1>
        {now && <p className="coviu-hint">{zoneNames(now, { locale, timeZone }).city} time</p>}
        {list.isPending && (
          <p className="coviu-text" data-state="pending">
            Loading…
          </p>
        )}
        {list.error && (
          <p className="coviu-text" role="alert">
            The sessions could not be loaded.{" "}
            <button className="coviu-button" onClick={() => void list.refetch()}>
              Try again
            </button>
          </p>
        )}
        {list.data?.content.length === 0 && <p className="coviu-text">Nothing is booked for today.</p>}
        <ul className="coviu-stack">
          {list.data?.content.map((session) => (
            <li key={session.session_id}>
              <button
                className="coviu-button day-sheet-open"
                aria-current={session.session_id === chosen}
                onClick={() => setChosen(session.session_id)}
              >
                <ShownTime instant={session.start_time} /> <bdi>{session.session_name}</bdi>
              </button>
            </li>
          ))}
        </ul>
      </section>
      {chosen ? <OneSession key={chosen} sessionId={chosen} /> : <p className="coviu-hint">Choose a session.</p>}
    </main>
  );
}

function OneSession({ sessionId }: { sessionId: string }) {
  const { data: session, isPending, error } = useSession(sessionId);
  const status = useSessionStatus(session)?.status;
  const now = useNow(session?.start_time, session?.end_time);
  const cancel = useCancelSession();
  const [isConfirming, setIsConfirming] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const may = session && now && sessionRules(session, now);

  if (isPending)
    return (
      <p className="coviu-text" data-state="pending">
        Loading…
      </p>
    );
  if (!session)
    return (
      <p className="coviu-text" role="alert">
        This session could not be loaded ({error?.code}).
      </p>
    );
  return (
    <section className="coviu-stack" data-gap="wide" aria-labelledby="one-session-title">
      <h2 id="one-session-title" className="coviu-heading">
        <bdi>{session.session_name}</bdi>
      </h2>
      <p className="coviu-row">
        <ShownTime instant={session.start_time} /> to <ShownTime instant={session.end_time} />
        <span role="status" className="coviu-badge" data-state={status}>
          {status}
        </span>
      </p>
      {may?.edit.allowed && <Rename session={session} />}
      <ul className="coviu-stack" aria-label="People">
        {presentPeople(session.participants).map((person) => (
          <Person key={person.participant_id} person={person} session={session} />
        ))}
      </ul>
      <div className="coviu-row">
        <button
          className="coviu-button"
          data-tone="danger"
          ref={opener}
          aria-disabled={!may?.cancel.allowed}
          onClick={() => may?.cancel.allowed && setIsConfirming(true)}
        >
          Cancel this session
        </button>
      </div>
      {isConfirming && may?.cancel.allowed && (
        <div className="coviu-row" role="group" aria-labelledby="one-session-question">
          <span id="one-session-question" className="coviu-text">
            Cancel <bdi>{session.session_name}</bdi> at <ShownTime instant={session.start_time} />? This can’t be
            undone.
          </span>
          <button
            className="coviu-button"
            data-tone="danger"
            aria-disabled={cancel.isPending}
            onClick={() => cancel.isPending || cancel.mutate({ sessionId })}
          >
            Yes, cancel it
          </button>
          <button
            className="coviu-button"
            ref={focus}
            onClick={() => {
              setIsConfirming(false);
              opener.current?.focus();
            }}
          >
            Keep it
          </button>
        </div>
      )}
      {cancel.error && (
        <p className="coviu-text" role="alert">
          The session was not canceled. Try again.
        </p>
      )}
    </section>
  );
}

function Rename({ session }: { session: Session }) {
  const rename = useUpdateSession();

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const name = new FormData(event.currentTarget).get("name");
    if (typeof name !== "string" || rename.isPending) return;
    rename.mutate({ sessionId: session.session_id, request: { session_name: name.trim() } });
  }

  return (
    <form className="coviu-row" onSubmit={submit}>
      <label className="coviu-row">
        <span className="coviu-label">Name</span>
        <input
          className="coviu-input"
          name="name"
          required
          pattern=".*\S.*"
          title="A name, not only spaces"
          maxLength={200}
          defaultValue={session.session_name}
        />
      </label>
      <button className="coviu-button">Rename</button>
      <span role={rename.error ? "alert" : "status"}>
        {rename.error ? "The name was not saved. Try again." : rename.isSuccess && "Renamed"}
      </span>
    </form>
  );
}

function Person({ person, session }: { person: Participant; session: Session }) {
  const link = useEntryLink(person, session);
  const kind = isHost(person) ? "host link" : "link";

  return (
    <li className="coviu-row day-sheet-person">
      <bdi>{person.display_name}</bdi>
      <span role="status">
        {link.state === "copied" && "Copied"}
        {link.state === "refused" && "Not copied: the browser refused. Copy it from the field."}
      </span>
      {link.problem ? (
        <span className="coviu-hint">No link to copy</span>
      ) : (
        <button
          className="coviu-button"
          aria-label={`Copy ${kind} for ${person.display_name}`}
          onClick={() => void link.copy()}
        >
          Copy {kind}
        </button>
      )}
      {link.state === "refused" && (
        <input
          className="coviu-input"
          aria-label={`Link for ${person.display_name}`}
          ref={select}
          readOnly
          value={link.url}
        />
      )}
    </li>
  );
}

/** Formats a time. Adds the zone if clocks show the time twice. */
function ShownTime({ instant }: { instant: string }) {
  return <time dateTime={instant}>{formatTime(instant, useCoviu())}</time>;
}

function focus(element: HTMLElement | null): void {
  element?.focus();
}

function select(field: HTMLInputElement | null): void {
  field?.focus();
  field?.select();
}

/** First and last minute of the clinic's day, also when clocks change. */
function sessionsOfDay(now: Date, timeZone: string) {
  const day = toWallClock(now, timeZone);
  const first = fromWallClock({ ...day, hour: 0, minute: 0 }, timeZone);
  const last = fromWallClock({ ...day, hour: 23, minute: 59 }, timeZone);
  return { start_time: instantsOf(first)[0], end_time: instantsOf(last)[1], order: "forward" } as const;
}

/** Instant of a time of day. When clocks go back there are two, and a skipped time has none. */
function instantsOf(reading: ReturnType<typeof fromWallClock>): [string?, string?] {
  if (reading.kind === "instant") return [reading.instant, reading.instant];
  if (reading.kind === "twice") return [reading.earlier, reading.later];
  return reading.kind === "missing" ? [reading.after, reading.before] : [];
}
