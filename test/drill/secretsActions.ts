import type { Fault } from "../../src/sandbox/index.ts";
import type { Scenario } from "./faultRow.ts";
import {
  button,
  type Desk,
  type DeskSettings,
  expectNoFindings,
  failureNotice,
  findText,
  heading,
  openDesk,
  people,
  press,
  quoted,
  type Quotes,
  type,
  visits,
} from "./secretsDesk.tsx";

/** Action of a user, and its request. */
export interface Action {
  name: string;
  operation: NonNullable<Fault["operation"]>;
  /** Steps before the request. */
  prepare?: () => Promise<void>;
  act: () => Promise<void> | void;
  /** Waits for the result of a success. */
  done: () => Promise<unknown>;
}

const openPlanned = () => press(visits.planned);

const reads: readonly Action[] = [
  { name: "opens the list", operation: "getSessionPage", act() {}, done: () => button(visits.planned) },
  { name: "opens a session", operation: "getSessionById", act: openPlanned, done: () => heading(visits.planned) },
  {
    name: "reads the people",
    operation: "getSessionParticipants",
    act: openPlanned,
    done: () => button(`Copy link for ${people.guest}`),
  },
];

const writes: readonly Action[] = [
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
    name: "reschedules",
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
    done: () => findText(`${visits.planned} canceled`),
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
    done: () => findText(`${people.added} added`),
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
    done: () => findText(`Changes to ${people.renamed} saved`),
  },
  {
    name: "removes a person",
    operation: "deleteSessionParticipant",
    async prepare() {
      await openPlanned();
      await press(`Remove ${people.guest}`);
    },
    act: () => press(`Remove ${people.guest}`),
    done: () => findText(`${people.guest} removed`),
  },
];
export const actions = [...reads, ...writes];
/** A read, a booking and an edit. */
export const fewActions = actions.filter(({ name }) => /^(opens a session|books|renames a person)$/.test(name));

/** Fault of the request of an action. */
export interface ActionFault {
  name: string;
  fault?: (quotes: Quotes) => Omit<Fault, "operation">;
  offline?: boolean;
  timeoutMs?: number;
}

const html = { "content-type": "text/html" };
const json = ({ name, link, id }: Quotes) =>
  JSON.stringify({ content: [{ session_id: id, participant_id: id, display_name: name, entry_url: link }] });

/** Number of attempts of a read. */
const times = 3;
export const noFault: ActionFault = { name: "no fault" };
const offline: ActionFault = { name: "offline", offline: true };
export const cutOff: ActionFault = {
  name: "JSON cut off after a name",
  fault: (quotes) => ({ status: 200, body: json(quotes).slice(0, -30), times }),
};
const commonFaults: readonly ActionFault[] = [
  noFault,
  {
    name: "400 with a name in the server’s message",
    fault: ({ name }) => ({ status: 400, body: { error: { message: `${name} is known under another name` } } }),
  },
  {
    name: "500 with a page that quotes secrets",
    fault: (quotes) => ({ status: 500, headers: html, body: `<title>${quoted(quotes)}</title>`, times }),
  },
  cutOff,
  offline,
];
const furtherFaults: readonly ActionFault[] = [
  { name: "401", fault: ({ name }) => ({ status: 401, body: { error: { message: name } }, times }) },
  { name: "the response is lost", fault: () => ({ cut: "after-commit", times }) },
  {
    name: "403 with a name in plain text",
    fault: ({ name }) => ({ status: 403, headers: { "content-type": "text/plain" }, body: `${name} is not yours` }),
  },
  {
    name: "200 with a page that quotes secrets",
    fault: (quotes) => ({ status: 200, headers: html, body: quoted(quotes), times }),
  },
  {
    name: "JSON of another shape",
    fault: (quotes) => ({ status: 200, body: { rows: JSON.parse(json(quotes)) }, times }),
  },
  {
    name: "a redirect to an entry link",
    fault: ({ link }) => ({ status: 302, headers: { location: link }, times }),
  },
  { name: "no response in time", fault: () => ({ delayMs: 60_000, times }), timeoutMs: 60 },
];

/** All actions with the common faults, and reads and two writes with the other faults. */
export function everyScenario(): Scenario[] {
  const someActions = [...reads, ...writes.filter(({ name }) => name === "books" || name === "renames a person")];
  return [
    ...actions.flatMap((action) => commonFaults.map((actionFault) => scenarioOf(action, actionFault))),
    ...someActions.flatMap((action) => furtherFaults.map((actionFault) => scenarioOf(action, actionFault))),
  ];
}

/** Scenario of one action with one fault. */
export function scenarioOf(action: Action, actionFault: ActionFault, settings: DeskSettings = {}): Scenario {
  return {
    name: `${action.name} × ${actionFault.name}`,
    async run(drill) {
      const startFault = ({ sandbox, quotes }: Desk) => {
        sandbox.faults.offline(actionFault.offline ?? false);
        if (actionFault.fault) sandbox.faults.next({ operation: action.operation, ...actionFault.fault(quotes) });
      };
      const isFirst = action.operation === "getSessionPage";
      const desk = await openDesk({
        ...settings,
        timeoutMs: actionFault.timeoutMs,
        ...(isFirst && { before: startFault }),
      });
      if (!isFirst) {
        await button(visits.planned);
        await action.prepare?.();
        startFault(desk);
      }
      await action.act();
      if (actionFault === noFault) await action.done();
      // People of a listed session are shown even if the read of them fails.
      // A write whose response is lost is found by a check.
      else if (action.operation !== "getSessionParticipants") await Promise.any([failureNotice(), action.done()]);
      await desk.settled();
      await expectNoFindings(desk, drill);
    },
  };
}
