import type { Fault } from "../../src/sandbox/index.ts";
import type { Scenario } from "./faultRow.ts";
import {
  alerted,
  told,
  button,
  type Desk,
  type DeskSettings,
  heading,
  noneFound,
  openDesk,
  people,
  press,
  quoted,
  type Quotes,
  type,
  visits,
} from "./secretsDesk.tsx";

/** What someone at the desk does, and the request that it comes down to. */
export interface Deed {
  name: string;
  operation: NonNullable<Fault["operation"]>;
  /** Everything up to the request. */
  prepare?: () => Promise<void>;
  act: () => Promise<void> | void;
  /** What there is to see when it went well. */
  done: () => Promise<unknown>;
}

const openPlanned = () => press(visits.planned);

const reads: readonly Deed[] = [
  { name: "opens the list", operation: "getSessionPage", act() {}, done: () => button(visits.planned) },
  { name: "opens a session", operation: "getSessionById", act: openPlanned, done: () => heading(visits.planned) },
  {
    name: "looks at the people",
    operation: "getSessionParticipants",
    act: openPlanned,
    done: () => button(`Copy link for ${people.guest}`),
  },
];

const writes: readonly Deed[] = [
  {
    name: "books",
    operation: "createSession",
    async prepare() {
      await press("Book a session");
      await type("Session name", visits.booked);
      await type("Name of person 1", people.host);
      await type("Name of person 2", people.booked);
    },
    act: () => press("Book session"),
    done: () => heading(visits.booked),
  },
  {
    name: "moves",
    operation: "updateSession",
    async prepare() {
      await openPlanned();
      await press("Reschedule");
      await type("Session name", visits.booked);
    },
    act: () => press(/^(Save changes|Move session)$/),
    done: () => heading(visits.booked),
  },
  {
    name: "cancels",
    operation: "deleteSession",
    async prepare() {
      await openPlanned();
      await press("Cancel session");
    },
    act: () => press(/^Cancel .* with/),
    done: () => told(`${visits.planned} canceled`),
  },
  {
    name: "adds a person",
    operation: "addSessionParticipant",
    async prepare() {
      await openPlanned();
      await press("Add people");
      await type("Name", people.added);
    },
    act: () => press("Add person"),
    done: () => told(`${people.added} added`),
  },
  {
    name: "renames a person",
    operation: "updateSessionParticipant",
    async prepare() {
      await openPlanned();
      await press(`Edit ${people.guest}`);
      await type("Name", people.renamed);
    },
    act: () => press("Save changes"),
    done: () => told(`Changes to ${people.renamed} saved`),
  },
  {
    name: "removes a person",
    operation: "deleteSessionParticipant",
    async prepare() {
      await openPlanned();
      await press(`Remove ${people.guest}`);
    },
    act: () => press(`Remove ${people.guest}`),
    done: () => told(`${people.guest} removed`),
  },
];
export const deeds = [...reads, ...writes];
/** One of each sort, where what is around them matters more. */
export const fewDeeds = deeds.filter(({ name }) => /^(opens a session|books|renames a person)$/.test(name));

/** What becomes of the request of a deed; nothing in particular if left out. */
export interface Trouble {
  name: string;
  fault?: (quotes: Quotes) => Omit<Fault, "operation">;
  offline?: boolean;
  timeout?: number;
}

const html = { "content-type": "text/html" };
const json = ({ name, link, id }: Quotes) =>
  JSON.stringify({ content: [{ session_id: id, participant_id: id, display_name: name, entry_url: link }] });

/** Each for as long as a read is tried. */
const times = 3;
export const well: Trouble = { name: "all is well" };
const offline: Trouble = { name: "offline", offline: true };
export const cutOff: Trouble = {
  name: "JSON cut off behind a name",
  fault: (quotes) => ({ status: 200, body: json(quotes).slice(0, -30), times }),
};
const anywhere: readonly Trouble[] = [
  well,
  {
    name: "400 with a name in the server’s words",
    fault: ({ name }) => ({ status: 400, body: { error: { message: `${name} is known under another name` } } }),
  },
  {
    name: "500 with a page that quotes",
    fault: (quotes) => ({ status: 500, headers: html, body: `<title>${quoted(quotes)}</title>`, times }),
  },
  cutOff,
  offline,
];
const further: readonly Trouble[] = [
  { name: "401", fault: ({ name }) => ({ status: 401, body: { error: { message: name } }, times }) },
  { name: "its answer is lost", fault: () => ({ cut: "after-commit", times }) },
  {
    name: "403 with a name in plain words",
    fault: ({ name }) => ({ status: 403, headers: { "content-type": "text/plain" }, body: `${name} is not yours` }),
  },
  {
    name: "200 with a page that quotes",
    fault: (quotes) => ({ status: 200, headers: html, body: quoted(quotes), times }),
  },
  {
    name: "JSON of another shape",
    fault: (quotes) => ({ status: 200, body: { rows: JSON.parse(json(quotes)) }, times }),
  },
  {
    name: "a redirect to an address that quotes",
    fault: ({ link }) => ({ status: 302, headers: { location: link }, times }),
  },
  { name: "no answer in time", fault: () => ({ delayMs: 60_000, times }), timeout: 60 },
];

/** Everything meets what is most common; reads and two of the writes meet the rest, too. */
export function everyScenario(): Scenario[] {
  const most = [...reads, ...writes.filter(({ name }) => name === "books" || name === "renames a person")];
  return [
    ...deeds.flatMap((deed) => anywhere.map((trouble) => scenarioOf(deed, trouble))),
    ...most.flatMap((deed) => further.map((trouble) => scenarioOf(deed, trouble))),
  ];
}

/** One deed that meets one trouble. */
export function scenarioOf(deed: Deed, trouble: Trouble, settings: DeskSettings = {}): Scenario {
  return {
    name: `${deed.name} × ${trouble.name}`,
    async run(drill) {
      const goWrong = ({ sandbox, quotes }: Desk) => {
        sandbox.faults.offline(trouble.offline ?? false);
        if (trouble.fault) sandbox.faults.next({ operation: deed.operation, ...trouble.fault(quotes) });
      };
      const isFirst = deed.operation === "getSessionPage";
      const desk = await openDesk({ ...settings, timeout: trouble.timeout, ...(isFirst && { before: goWrong }) });
      if (!isFirst) {
        await button(visits.planned);
        await deed.prepare?.();
        goWrong(desk);
      }
      await deed.act();
      if (trouble === well) await deed.done();
      // A session that the list knows shows its people, whatever becomes of asking for them.
      // What was done although its answer was lost is found again.
      else if (deed.operation !== "getSessionParticipants") await Promise.any([alerted(), deed.done()]);
      await desk.settled();
      await noneFound(desk, drill);
    },
  };
}
