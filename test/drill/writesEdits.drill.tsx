import { fireEvent } from "@testing-library/react";
import { useState } from "react";
import { expect } from "vitest";

import type { Participant, Session } from "../../src/api/schemas.ts";
import { ParticipantList } from "../../src/components/ParticipantList/ParticipantList.tsx";
import { PendingWrites } from "../../src/components/PendingWrites/PendingWrites.tsx";
import { SessionDetails } from "../../src/components/SessionDetails/SessionDetails.tsx";
import { SessionScheduler } from "../../src/components/SessionScheduler/SessionScheduler.tsx";
import { createRandom } from "../../src/sandbox/ids.ts";
import { type Drill, faultRow, type Scenario } from "./faultRow.ts";
import {
  button,
  type RequestOutcome,
  field,
  pass,
  press,
  type Harness,
  screenText,
  type as enter,
  until,
  withHarness,
} from "./writesHarness.tsx";

type BookedSession = Session & { participants: Participant[] };

const aSession = /\/sessions\/[^/]+$/;
const aPerson = /\/participants\/[^/]+$/;

function scenario(
  name: string,
  run: (harness: Harness, drill: Drill, session: BookedSession) => Promise<void>,
  body = {},
): Scenario {
  return {
    name,
    run: (drill) => withHarness(async (harness) => run(harness, drill, await harness.bookSession(body)))(),
  };
}

const start = Date.parse("2026-01-11T22:54:00.000Z");
const end = Date.parse("2026-01-11T22:57:00.000Z");

/** Scenario with a session that starts in two minutes and lasts three. */
function startingScenario(
  name: string,
  run: (harness: Harness, drill: Drill, session: BookedSession) => Promise<void>,
): Scenario {
  return scenario(name, run, { start_time: new Date(start).toISOString(), end_time: new Date(end).toISOString() });
}

function Screen({ session }: { session: Session }) {
  const [notice, setNotice] = useState("");
  return (
    <>
      <PendingWrites />
      <p>{notice}</p>
      <SessionDetails sessionId={session.session_id} onCanceled={() => setNotice("onCanceled was called")} />
    </>
  );
}

const isIdle = () => !document.querySelector("[aria-busy=true]");
const dialog = () => document.querySelector("dialog:not([role])");
const storedSession = async (harness: Harness, { session_id }: Session): Promise<BookedSession> =>
  (await harness.requestAsOther("GET", `sessions/${session_id}`)).json();
const alerts = () =>
  [...document.querySelectorAll("[role=alert]")].map((alert) => alert.textContent.replace(/\s/g, " "));
const conflictPanels = () => [...document.querySelectorAll(".coviu-notice[role=group]")];
/** Texts of failure notices. Only those of writes have the role alert. */
const failures = (root: ParentNode | null = document) =>
  [...(root?.querySelectorAll(".coviu-notice:is([role=alert], [data-tone=danger], [data-tone=warning])") ?? [])].map(
    ({ textContent }) => textContent,
  );
const announced = (harness: Harness, text: string) =>
  until(() => harness.announcements.some((announcement) => announcement.includes(text)), 2000);

/** Renders the details of a session and presses a button. */
async function openScreen(harness: Harness, session: Session, label: string): Promise<void> {
  harness.renderUi(<Screen session={session} />);
  await until(() => button(label));
  press(label);
  await pass();
}

/** Presses the second button of the open question. */
function confirmQuestion(): void {
  fireEvent.click(document.querySelectorAll("[role=alertdialog] button")[1] ?? document.body);
}

function expectReadOnly(label: string, value: string): void {
  expect([field(label).value, field(label).readOnly]).toEqual([value, true]);
}

async function openEdit(harness: Harness, session: BookedSession): Promise<void> {
  harness.renderUi(<Screen session={session} />);
  await until(() => button("Reschedule"));
  press("Reschedule");
  await until(() => document.querySelector("dialog:not([role]) input"));
  harness.sandbox.log.clear();
}

async function openPerson(harness: Harness, session: BookedSession, name = "Ana Lee"): Promise<void> {
  harness.renderUi(<Screen session={session} />);
  await until(() => button(`Edit ${name}`));
  press(`Edit ${name}`);
  await until(() => document.querySelector("dialog:not([role]) input"));
  harness.sandbox.log.clear();
}

async function save(): Promise<void> {
  press(/^(Save changes|Move session)$/);
  await until(isIdle);
}

/** Change of each field of a session, by the user and by another user. */
const changes = {
  name: {
    label: "Session name",
    type: () => enter("Session name", "Hand rehab"),
    typed: () => [field("Session name").value],
    mine: { session_name: "Hand rehab" },
    theirs: { session_name: "Foot rehab" },
    shown: ["Knee rehab", "Hand rehab", "Foot rehab"],
  },
  times: {
    label: "When",
    type: () => enter("Start", "1:00 pm"),
    typed: () => [field("Start").value],
    mine: { start_time: "2026-01-12T02:00:00.000Z", end_time: "2026-01-12T02:30:00.000Z" },
    theirs: { start_time: "2026-01-12T03:00:00.000Z", end_time: "2026-01-12T03:45:00.000Z" },
    shown: ["10:30 – 11:00 am", "1:00 – 1:30 pm", "2:00 – 2:45 pm"],
  },
  picture: {
    label: "Picture address of the session",
    type: () => {
      press("More options");
      enter("Picture address of the session", "https://a.example/mine.png");
    },
    typed: () => [field("Picture address of the session").value],
    mine: { picture: "https://a.example/mine.png" },
    theirs: { picture: "https://a.example/theirs.png" },
    shown: ["nothing", "https://a.example/mine.png", "https://a.example/theirs.png"],
  },
} as const;
type Field = keyof typeof changes;
const fields: readonly Field[] = ["name", "times", "picture"];

const personChanges = {
  name: {
    label: "Name",
    type: () => enter("Name", "Ana Smith"),
    mine: { display_name: "Ana Smith" },
    theirs: { display_name: "Ana Jones" },
    shown: ["Ana Lee", "Ana Smith", "Ana Jones"],
  },
  state: {
    label: "Your reference",
    type: () => enter("Your reference", "mine"),
    mine: { state: "mine" },
    theirs: { state: "theirs" },
    shown: ["nothing", "mine", "theirs"],
  },
  picture: {
    label: "Picture address",
    type: () => enter("Picture address", "https://a.example/mine.png"),
    mine: { picture: "https://a.example/mine.png" },
    theirs: { picture: "https://a.example/theirs.png" },
    shown: ["nothing", "https://a.example/mine.png", "https://a.example/theirs.png"],
  },
} as const;
type PersonField = keyof typeof personChanges;
const personFields: readonly PersonField[] = ["name", "state", "picture"];

const guest = (session: BookedSession) => session.participants[1]?.participant_id ?? "";

faultRow(
  "W7",
  "two users edit different fields of one session: both changes are kept, and the later user sees the other change",
  [
    ...fields.flatMap((mine) =>
      fields
        .filter((theirs) => theirs !== mine)
        .map((theirs) =>
          scenario(
            `updateSession of ${mine} × another user changes ${theirs} × while typing`,
            async (harness, drill, session) => {
              await openEdit(harness, session);
              changes[mine].type();
              await harness.requestAsOther("PUT", `sessions/${session.session_id}`, changes[theirs].theirs);
              harness.sandbox.log.clear();
              await save();
              await drill.holds("I8", () =>
                expect(harness.requests()).toEqual(["GET /sessions/:id", "PUT /sessions/:id"]),
              );
              await drill.holds("I4", async () =>
                expect(await storedSession(harness, session)).toMatchObject({
                  ...changes[mine].mine,
                  ...changes[theirs].theirs,
                }),
              );
              await drill.holds("I4", () => expect(screenText()).toContain("Someone else has changed this meanwhile."));
              await drill.holds("I4", () => expect(screenText()).toContain(changes[theirs].shown[2]));
              expect(dialog()).toBeNull();
              harness.sandbox.log.clear();
              await pass(20_000);
              await drill.holds("I8", () => expect(harness.requests()).toEqual(["GET /sessions/:id"]));
              await drill.holds("I4", () => expect(alerts()).toEqual([]));
            },
          ),
        ),
    ),
    ...personFields.flatMap((mine) =>
      personFields
        .filter((theirs) => theirs !== mine)
        .map((theirs) =>
          scenario(
            `updateSessionParticipant of ${mine} × another user changes ${theirs} × while typing`,
            async (harness, drill, session) => {
              await openPerson(harness, session);
              personChanges[mine].type();
              await harness.requestAsOther("PUT", `participants/${guest(session)}`, personChanges[theirs].theirs);
              harness.sandbox.log.clear();
              await save();
              await drill.holds("I8", () =>
                expect(harness.requests()).toEqual(["GET /sessions/:id/participants", "PUT /participants/:id"]),
              );
              const { participants } = await storedSession(harness, session);
              await drill.holds("I4", () =>
                expect(participants[1]).toMatchObject({ ...personChanges[mine].mine, ...personChanges[theirs].theirs }),
              );
              await drill.holds("I4", () => expect(screenText()).toContain(`now ${personChanges[theirs].shown[2]}`));
            },
          ),
        ),
    ),
  ],
);

faultRow(
  "W8",
  "two users edit the same field: the edit conflict shows both values and the one before, and nothing is sent until one is chosen",
  [
    ...fields.flatMap((name) => [
      scenario(`updateSession of ${name} × the same field × keep mine`, async (harness, drill, session) => {
        await openConflict(harness, drill, session, name);
        press(`Keep mine: ${changes[name].label}`);
        await pass();
        await drill.holds("I6", () =>
          expect(document.activeElement?.textContent).toMatch(/^(Save changes|Move session)$/),
        );
        await drill.holds("I8", () => expect(harness.count("updateSession")).toBe(0));
        await save();
        await drill.holds("I4", async () =>
          expect(await storedSession(harness, session)).toMatchObject(changes[name].mine),
        );
        await drill.holds("I8", () => expect(harness.count("updateSession")).toBe(1));
      }),
      scenario(`updateSession of ${name} × the same field × take theirs`, async (harness, drill, session) => {
        await openConflict(harness, drill, session, name);
        press(`Take theirs: ${changes[name].label}`);
        await pass();
        await save();
        await drill.holds("I4", async () =>
          expect(await storedSession(harness, session)).toMatchObject(changes[name].theirs),
        );
        await drill.holds("I8", () => expect(harness.count("updateSession")).toBe(0));
      }),
      scenario(
        `updateSession of ${name} × the same value × no edit conflict, nothing is sent`,
        async (harness, drill, session) => {
          await openEdit(harness, session);
          changes[name].type();
          await harness.requestAsOther("PUT", `sessions/${session.session_id}`, changes[name].mine);
          harness.sandbox.log.clear();
          await save();
          await drill.holds("I8", () => expect(harness.requests()).toEqual(["GET /sessions/:id"]));
          expect(dialog()).toBeNull();
        },
      ),
    ]),
    ...personFields.flatMap((name) =>
      (["Keep mine", "Take theirs"] as const).map((choice) =>
        scenario(
          `updateSessionParticipant of ${name} × the same field × ${choice.toLowerCase()}`,
          async (harness, drill, session) => {
            const change = personChanges[name];
            await openPerson(harness, session);
            change.type();
            await harness.requestAsOther("PUT", `participants/${guest(session)}`, change.theirs);
            harness.sandbox.log.clear();
            await save();
            await expectConflictPanel(drill, change);
            await drill.holds("I8", () => expect(harness.requests()).toEqual(["GET /sessions/:id/participants"]));
            press(`${choice}: ${change.label}`);
            await pass();
            await drill.holds("I6", () => expect(document.activeElement?.textContent).toBe("Save changes"));
            await save();
            const { participants } = await storedSession(harness, session);
            await drill.holds("I4", () =>
              expect(participants[1]).toMatchObject(choice === "Keep mine" ? change.mine : change.theirs),
            );
          },
        ),
      ),
    ),
    scenario(
      "updateSession of name and times × both fields × one each way, by keyboard",
      async (harness, drill, session) => {
        await openEdit(harness, session);
        changes.name.type();
        changes.times.type();
        await harness.requestAsOther("PUT", `sessions/${session.session_id}`, {
          ...changes.name.theirs,
          ...changes.times.theirs,
        });
        await save();
        press("Keep mine: Session name");
        await pass();
        await drill.holds("I6", () => expect(document.activeElement).toBe(button("Keep mine: When")));
        await drill.holds("I6", () => announced(harness, "Session name: yours stays."));
        press("Take theirs: When");
        await pass();
        await drill.holds("I6", () => expect(document.activeElement?.textContent).toBe("Save changes"));
        await save();
        await drill.holds("I4", async () =>
          expect(await storedSession(harness, session)).toMatchObject({
            ...changes.name.mine,
            ...changes.times.theirs,
          }),
        );
      },
    ),
    scenario(
      "updateSession of name × the same field × changed a third time after the choice",
      async (harness, drill, session) => {
        await openConflict(harness, drill, session, "name");
        press("Keep mine: Session name");
        await harness.requestAsOther("PUT", `sessions/${session.session_id}`, { session_name: "Elbow rehab" });
        await save();
        await drill.holds("I4", () => expect(screenText()).toContain("Elbow rehab"));
        await drill.holds("I8", () => expect(harness.count("updateSession")).toBe(1));
        await drill.holds("I1", () => expect(field("Session name").value).toBe("Hand rehab"));
      },
    ),
  ],
);

/** Opens the form, types, saves, and expects an edit conflict. */
async function openConflict(harness: Harness, drill: Drill, session: BookedSession, name: Field): Promise<void> {
  await openEdit(harness, session);
  changes[name].type();
  await harness.requestAsOther("PUT", `sessions/${session.session_id}`, changes[name].theirs);
  harness.sandbox.log.clear();
  await save();
  await expectConflictPanel(drill, changes[name]);
  await drill.holds("I8", () => expect(harness.requests()).toEqual(["GET /sessions/:id"]));
  press(/^(Save changes|Move session)$/);
  await pass();
  await drill.holds("I8", () => expect(harness.requests()).toEqual(["GET /sessions/:id"]));
  await drill.holds("I6", () => expect(document.activeElement).toBe(conflictPanels()[0]));
  if (name !== "picture")
    await drill.holds("I1", () => expect(changes[name].typed()).toEqual([name === "name" ? "Hand rehab" : "1:00 pm"]));
}

async function expectConflictPanel(
  drill: Drill,
  { label, shown }: { label: string; shown: readonly string[] },
): Promise<void> {
  const [panel = "", ...more] = conflictPanels().map(({ textContent }) => textContent.replace(/\s/g, " "));
  await drill.holds("I6", () => expect(more).toEqual([]));
  await drill.holds("I4", () => expect(panel).toContain("Someone else changed the same thing"));
  for (const text of [label, ...shown]) await drill.holds("I4", () => expect(panel).toContain(text));
}

/** Two users edit the same field, each with random latency. */
async function raceEdits(harness: Harness, { seed, holds }: Drill): Promise<void> {
  const random = createRandom(seed);
  const session = await harness.bookSession();
  const desks = ["Hand rehab", "Foot rehab"].map((name) => {
    const client = harness.connect();
    const { container } = harness.renderFor(client, <SessionScheduler sessionId={session.session_id} />);
    return { name, container, opensAt: Math.floor(random() * 4000) };
  });
  await pass(100);
  for (const method of ["GET", "PUT"])
    harness.next(method, aSession, () => ({ respondsAfterMs: Math.floor(random() * 3000) }), 20);
  for (const { name, container } of desks) {
    const input = container.querySelector("input");
    if (input) fireEvent.change(input, { target: { value: name } });
  }
  for (const { container, opensAt } of desks.toSorted((a, b) => a.opensAt - b.opensAt)) {
    await pass(Math.max(0, opensAt - (Date.now() - start + 120_000)));
    const input = container.querySelector("input");
    if (input) fireEvent.keyDown(input, { key: "Enter" });
  }
  await pass(10_000);
  await pass(20_000);
  const { session_name: final } = await storedSession(harness, session);
  for (const { name, container } of desks) {
    const text = container.textContent;
    const isSaved = text.includes("Changes saved.");
    const isConflictShown = text.includes("Someone else changed the same thing");
    const isOverwriteShown = text.includes(`is now ${final}. You saved ${name}.`);
    await holds("I4", () => expect(isSaved || isConflictShown).toBe(true));
    await holds("I2", () =>
      expect({ name, final, lost: isSaved && final !== name && !isOverwriteShown }).toEqual({
        name,
        final,
        lost: false,
      }),
    );
    await holds("I4", () => expect(isOverwriteShown && final === name).toBe(false));
  }
}

faultRow("W9", "a user whose edit is overwritten is shown both values", [
  {
    name: "updateSession of name × two users × any order of reads and writes",
    runs: 15,
    run: (drill) => withHarness(raceEdits)(drill),
  },
  scenario("updateSession of name × another user saves 3 s later × read once more", async (harness, drill, session) => {
    await openEdit(harness, session);
    changes.name.type();
    await save();
    await pass(3000);
    await harness.requestAsOther("PUT", `sessions/${session.session_id}`, changes.name.theirs);
    harness.sandbox.log.clear();
    await pass(10_000);
    await drill.holds("I8", () => expect(harness.requests()).toEqual(["GET /sessions/:id"]));
    await drill.holds("I4", () =>
      expect(alerts()).toEqual([
        "Someone else has changed this after youSession name is now Foot rehab. You saved Hand rehab.",
      ]),
    );
  }),
  scenario(
    "updateSessionParticipant of name × another user saves 3 s later × read once more",
    async (harness, drill, session) => {
      await openPerson(harness, session);
      personChanges.name.type();
      await save();
      await pass(3000);
      await harness.requestAsOther("PUT", `participants/${guest(session)}`, personChanges.name.theirs);
      await pass(10_000);
      await drill.holds("I4", () =>
        expect(alerts()).toEqual([
          "Someone else has changed this after youName is now Ana Jones. You saved Ana Smith.",
        ]),
      );
    },
  ),
]);

const goneText = "This session can’t be changed any more: it is no longer there.";

faultRow("W10", "a person who was removed elsewhere can be added again with what was typed", [
  ...(["before it is saved", "between read and write"] as const).map((moment) =>
    scenario(`updateSessionParticipant × removed elsewhere × ${moment}`, async (harness, drill, session) => {
      await openPerson(harness, session);
      enter("Name", "Ana Smith");
      enter("Your reference", "patient-7");
      const remove = () => harness.requestAsOther("DELETE", `participants/${guest(session)}`);
      if (moment === "before it is saved") await remove();
      else {
        harness.next("PUT", aPerson, () => {
          void remove();
          return { respondsAfterMs: 100 };
        });
      }
      await save();
      await until(() => button("Add again"));
      await drill.holds("I4", () =>
        expect(alerts()).toEqual([expect.stringContaining("Ana Lee has already been removed")]),
      );
      await drill.holds("I1", () =>
        expect([field("Name").value, field("Your reference").value]).toEqual(["Ana Smith", "patient-7"]),
      );
      press("Add again");
      await until(() => screenText().includes("Ana Smith added"));
      const { participants } = await storedSession(harness, session);
      await drill.holds("I4", () =>
        expect(participants.map(({ display_name, state, role }) => [display_name, state, role])).toContainEqual([
          "Ana Smith",
          "patient-7",
          "GUEST",
        ]),
      );
    }),
  ),
]);

faultRow("W11", "a DELETE with 404 counts as done, with one announcement", [
  scenario("deleteSession × canceled elsewhere × confirmed", async (harness, drill, session) => {
    harness.renderUi(<Screen session={session} />);
    await until(() => button("Cancel session"));
    await harness.requestAsOther("DELETE", `sessions/${session.session_id}`);
    press("Cancel session");
    await pass();
    press(/^Cancel 10:30 am/);
    await drill.holds("I4", () => announced(harness, "had already been canceled"));
    await drill.holds("I4", () => expect(screenText()).toContain("onCanceled was called"));
    await pass(5000);
    await drill.holds("I6", () =>
      expect([alerts(), harness.announcements.join().split("had already been canceled").length]).toEqual([[], 2]),
    );
  }),
  scenario("deleteSessionParticipant × removed elsewhere × confirmed", async (harness, drill, session) => {
    harness.renderUi(<Screen session={session} />);
    await until(() => button("Remove Ana Lee"));
    await harness.requestAsOther("DELETE", `participants/${guest(session)}`);
    press("Remove Ana Lee");
    await pass();
    confirmQuestion();
    await until(() => screenText().includes("Ana Lee had already been removed"));
    await pass();
    await drill.holds("I6", () => expect(alerts()).toEqual([]));
    await drill.holds("I6", () => expect(document.activeElement).toBe(button("Remove Dr Amara Okafor")));
  }),
]);

faultRow(
  "W12",
  "the form of a session that was canceled elsewhere becomes read-only with the reason, and keeps its text",
  [
    scenario("updateSession × canceled elsewhere × before it is saved", async (harness, drill, session) => {
      await openEdit(harness, session);
      enter("Session name", "Hand rehab");
      await harness.requestAsOther("DELETE", `sessions/${session.session_id}`);
      harness.sandbox.log.clear();
      await save();
      await drill.holds("I4", () => expect(alerts().filter((text) => text.includes(goneText))).toHaveLength(1));
      await drill.holds("I1", () => expectReadOnly("Session name", "Hand rehab"));
      await drill.holds("I1", () => expect(screenText()).toContain("What you typed is still here to copy."));
      await drill.holds("I8", () => expect(harness.requests()).toEqual(["GET /sessions/:id"]));
      press("Save changes");
      await pass();
      await drill.holds("I8", () => expect(harness.count("updateSession")).toBe(0));
    }),
    scenario("updateSession × canceled elsewhere × between read and write", async (harness, drill, session) => {
      await openEdit(harness, session);
      enter("Session name", "Hand rehab");
      harness.next("PUT", aSession, () => {
        void harness.requestAsOther("DELETE", `sessions/${session.session_id}`);
        return { respondsAfterMs: 100 };
      });
      await save();
      await until(() => screenText().includes(goneText));
      await drill.holds("I1", () => expectReadOnly("Session name", "Hand rehab"));
    }),
    scenario(
      "updateSessionParticipant × session canceled elsewhere × before it is saved",
      async (harness, drill, session) => {
        await openPerson(harness, session);
        enter("Name", "Ana Smith");
        await harness.requestAsOther("DELETE", `sessions/${session.session_id}`);
        await save();
        await drill.holds("I4", () =>
          expect(alerts().filter((text) => text.startsWith("This session is no longer there."))).toHaveLength(1),
        );
        await drill.holds("I1", () => expectReadOnly("Name", "Ana Smith"));
      },
    ),
    scenario(
      "addSessionParticipant × session canceled elsewhere × before it is sent",
      async (harness, drill, session) => {
        await openScreen(harness, session, "Add people");
        enter("Name", "Kwame Mensah");
        await harness.requestAsOther("DELETE", `sessions/${session.session_id}`);
        press("Add person");
        await until(() => alerts().length > 0 && isIdle());
        await pass(1000);
        await drill.holds("I1", () => expectReadOnly("Name", "Kwame Mensah"));
      },
    ),
    scenario("deleteSession × canceled elsewhere × while the question is open", async (harness, drill, session) => {
      await openScreen(harness, session, "Cancel session");
      await harness.requestAsOther("DELETE", `sessions/${session.session_id}`);
      fireEvent(window, new Event("visibilitychange"));
      await pass(16_000);
      fireEvent(window, new Event("visibilitychange"));
      await pass();
      await drill.holds("I4", () => expect(screenText()).toContain("This session has already been canceled."));
      await drill.holds("I6", () => expect(document.activeElement).toBe(button("Keep session")));
    }),
  ],
);

faultRow("W13", "when a session starts while it is open, what is not possible any more is disabled with a reason", [
  startingScenario(
    "deleteSession × the session starts × while the question is open",
    async (harness, drill, session) => {
      await openScreen(harness, session, "Cancel session");
      press("Keep session");
      await pass();
      press("Cancel session");
      await pass(start - Date.now() + 100);
      await drill.holds("I4", () =>
        expect(alerts()).toEqual(["This session has started, so it can’t be canceled any more."]),
      );
      await drill.holds("I6", () => expect(document.activeElement).toBe(button("Keep session")));
      press(/^Cancel 9:54 am/);
      await pass();
      await drill.holds("I8", () => expect(harness.count("deleteSession")).toBe(0));
    },
  ),
  startingScenario("deleteSession × the session starts × on the way to the server", async (harness, drill, session) => {
    harness.renderUi(<Screen session={session} />);
    await until(() => button("Cancel session"));
    await pass(start - Date.now() - 1000);
    press("Cancel session");
    await pass();
    harness.next("DELETE", aSession, { respondsAfterMs: 3000 });
    press(/^Cancel 9:54 am/);
    harness.sandbox.log.clear();
    await pass(5000);
    await drill.holds("I4", () =>
      expect(alerts()).toEqual(["This session has started, so it can’t be canceled any more."]),
    );
    await drill.holds("I8", () =>
      expect(harness.requests().slice(0, 2)).toEqual(["DELETE /sessions/:id", "GET /sessions/:id"]),
    );
    await drill.holds("I4", async () => expect(await harness.sessions()).toHaveLength(1));
  }),
  startingScenario(
    "deleteSession × the server's clock is 2 s ahead × refused with the reason, and read again",
    async (harness, drill, session) => {
      harness.renderUi(<Screen session={session} />);
      await until(() => button("Cancel session"));
      await pass(start - Date.now() - 1000);
      harness.sandbox.clock.set(new Date(start + 1000));
      press("Cancel session");
      await pass();
      harness.sandbox.log.clear();
      press(/^Cancel 9:54 am/);
      await pass(100);
      await drill.holds("I4", () =>
        expect(alerts()[0]).toContain("The service says: “This session can not be canceled: started.”"),
      );
      await drill.holds("I8", () => expect(harness.requests()).toContain("GET /sessions/:id"));
      await pass(2000);
      await drill.holds("I4", () =>
        expect(alerts()).toEqual(["This session has started, so it can’t be canceled any more."]),
      );
    },
  ),
  startingScenario(
    "updateSession of name and start × the session starts × while typing",
    async (harness, drill, session) => {
      await openEdit(harness, session);
      enter("Session name", "Hand rehab");
      enter("Start", "4:00 pm");
      await pass(start - Date.now() + 100);
      await drill.holds("I4", () =>
        expect(screenText()).toContain(
          "This session has started, so its start can’t change. You had typed Monday 12 January, 4:00 pm.",
        ),
      );
      await drill.holds("I1", () => expect(field("Session name").value).toBe("Hand rehab"));
      await save();
      await drill.holds("I4", async () =>
        expect(await storedSession(harness, session)).toMatchObject({
          session_name: "Hand rehab",
          start_time: session.start_time,
        }),
      );
    },
  ),
  startingScenario(
    "updateSession of start × the session starts × on the way to the server",
    async (harness, drill, session) => {
      await openEdit(harness, session);
      enter("Start", "4:00 pm");
      await pass(start - Date.now() - 1000);
      harness.next("PUT", aSession, { respondsAfterMs: 3000 });
      await save();
      await pass(3000);
      await drill.holds("I4", () =>
        expect(screenText()).toContain(
          "This session has started, so its start can’t change. You had typed Monday 12 January, 4:00 pm.",
        ),
      );
      await drill.holds("I4", async () =>
        expect(await storedSession(harness, session)).toMatchObject({ start_time: session.start_time }),
      );
      expect(dialog()).not.toBeNull();
    },
  ),
]);

faultRow(
  "W14",
  "when a session ends while it is edited, the form becomes read-only with the reason, and keeps its text",
  [
    startingScenario("updateSession × the session ends × while typing", async (harness, drill, session) => {
      await openEdit(harness, session);
      enter("Session name", "Hand rehab");
      field("Session name").focus();
      await pass(end - Date.now() + 100);
      await drill.holds("I4", () =>
        expect(alerts()).toEqual([
          "This session has ended, so it can’t be changed. Book it again instead. What you typed is still here to copy.",
        ]),
      );
      await drill.holds("I1", () => expectReadOnly("Session name", "Hand rehab"));
      await drill.holds("I6", () => expect(document.activeElement).toBe(field("Session name")));
      press("Save changes");
      await pass();
      await drill.holds("I8", () => expect(harness.count("updateSession")).toBe(0));
    }),
    startingScenario(
      "updateSession × the session ends × 2 s before it reaches the server",
      async (harness, drill, session) => {
        await openEdit(harness, session);
        enter("Session name", "Hand rehab");
        await pass(end - Date.now() - 1000);
        harness.next("PUT", aSession, { respondsAfterMs: 3000 });
        await save();
        await drill.holds("I4", () => expect(alerts()).toEqual([expect.stringContaining("This session has ended")]));
        await drill.holds("I1", () => expect(field("Session name").value).toBe("Hand rehab"));
      },
    ),
    startingScenario("updateSessionParticipant × the session ends × while typing", async (harness, drill, session) => {
      await openPerson(harness, session);
      enter("Name", "Ana Smith");
      await pass(end - Date.now() + 100);
      await drill.holds("I4", () =>
        expect(alerts()).toEqual([
          "This session has ended. People and links can no longer change.What you typed is still here to copy.",
        ]),
      );
      await drill.holds("I1", () => expectReadOnly("Name", "Ana Smith"));
      press("Save changes");
      await pass();
      await drill.holds("I8", () => expect(harness.count("updateSessionParticipant")).toBe(0));
    }),
    startingScenario(
      "deleteSessionParticipant × the session ends × while the question is open",
      async (harness, drill, session) => {
        harness.renderUi(<Screen session={session} />);
        await until(() => button("Remove Ana Lee"));
        press("Remove Ana Lee");
        await pass(end - Date.now() + 100);
        await drill.holds("I4", () =>
          expect(alerts()).toEqual(["This session has ended. People and links can no longer change."]),
        );
        confirmQuestion();
        await pass();
        await drill.holds("I8", () => expect(harness.count("deleteSessionParticipant")).toBe(0));
      },
    ),
  ],
);

const lostResponses: [string, RequestOutcome][] = [
  ["connection reset, done", "response-lost"],
  ["500, done", { status: 500, done: true }],
  ["502, done", { status: 502, done: true }],
  ["503, done", { status: 503, done: true }],
  ["504, done", { status: 504, done: true }],
];

faultRow(
  "N7",
  "after a lost response to a PUT or DELETE, the record is read again, and if it is as requested, that is success",
  [
    ...lostResponses.flatMap(([fault, outcome]) => [
      scenario(`updateSession × ${fault}`, async (harness, drill, session) => {
        await openEdit(harness, session);
        enter("Session name", "Hand rehab");
        harness.next("PUT", aSession, outcome);
        await save();
        await drill.holds("I8", () =>
          expect(harness.requests()).toEqual(["GET /sessions/:id", "PUT /sessions/:id", "GET /sessions/:id"]),
        );
        await drill.holds("I4", () => announced(harness, "Hand rehab saved"));
        await drill.holds("I4", () => expect([dialog(), failures()]).toEqual([null, []]));
      }),
      scenario(`deleteSession × ${fault}`, async (harness, drill, session) => {
        await openScreen(harness, session, "Cancel session");
        harness.sandbox.log.clear();
        harness.next("DELETE", aSession, outcome);
        press(/^Cancel 10:30 am/);
        await drill.holds("I4", () => announced(harness, "Knee rehab canceled"));
        await drill.holds("I8", () =>
          expect(harness.requests()).toEqual(["DELETE /sessions/:id", "GET /sessions/:id"]),
        );
        await drill.holds("I4", () =>
          expect([screenText().includes("onCanceled was called"), failures()]).toEqual([true, []]),
        );
      }),
      scenario(`updateSessionParticipant × ${fault}`, async (harness, drill, session) => {
        await openPerson(harness, session);
        enter("Name", "Ana Smith");
        harness.next("PUT", aPerson, outcome);
        await save();
        await drill.holds("I4", () =>
          expect([dialog(), screenText().includes("Changes to Ana Smith saved"), failures()]).toEqual([null, true, []]),
        );
        await drill.holds("I4", () => announced(harness, "Changes to Ana Smith saved"));
      }),
      scenario(`deleteSessionParticipant × ${fault}`, async (harness, drill, session) => {
        harness.renderUi(<ParticipantList sessionId={session.session_id} />);
        await until(() => button("Remove Ana Lee"));
        press("Remove Ana Lee");
        await pass();
        harness.next("DELETE", aPerson, outcome);
        confirmQuestion();
        await until(() => screenText().includes("Ana Lee removed"));
        await drill.holds("I4", () => expect(failures()).toEqual([]));
        await drill.holds("I4", () => announced(harness, "Ana Lee removed"));
      }),
    ]),
    scenario(
      "updateSession × 503, not done × one write and three checks, then the user is asked",
      async (harness, drill, session) => {
        await openEdit(harness, session);
        enter("Session name", "Hand rehab");
        harness.next("PUT", aSession, { status: 503, done: false });
        press("Save changes");
        const waitedMs = await until(isIdle);
        await drill.holds("I3", () => expect(waitedMs).toBeLessThanOrEqual(35_000));
        await drill.holds("I8", () => expect(harness.requests()).toEqual(Array(4).fill("GET /sessions/:id")));
        await drill.holds("I4", () => expect(alerts()).toEqual([expect.stringContaining("We couldn’t confirm this")]));
        await drill.holds("I1", () => expect(field("Session name").value).toBe("Hand rehab"));
        await save();
        await drill.holds("I4", async () =>
          expect(await storedSession(harness, session)).toMatchObject({ session_name: "Hand rehab" }),
        );
      },
    ),
    scenario(
      "deleteSession × 503, not done × one write and three checks, then the user is asked",
      async (harness, drill, session) => {
        await openScreen(harness, session, "Cancel session");
        harness.sandbox.log.clear();
        harness.next("DELETE", aSession, { status: 503, done: false });
        press(/^Cancel 10:30 am/);
        const waitedMs = await until(() => alerts().length > 0);
        await drill.holds("I3", () => expect(waitedMs).toBeLessThanOrEqual(35_000));
        await drill.holds("I8", () => expect(harness.requests()).toEqual(Array(3).fill("GET /sessions/:id")));
        await drill.holds("I4", () => expect(alerts()).toEqual([expect.stringContaining("We couldn’t confirm this")]));
        press(/^Cancel 10:30 am/);
        await drill.holds("I4", () => announced(harness, "Knee rehab canceled"));
        await drill.holds("I4", () => expect(screenText()).not.toContain("We couldn’t confirm this"));
      },
    ),
  ],
);

faultRow("N7", "every edit ends or asks the user in time", [
  scenario("updateSession × no response to the read before it × nothing is sent", async (harness, drill, session) => {
    await openEdit(harness, session);
    enter("Session name", "Hand rehab");
    harness.next("GET", aSession, { respondsAfterMs: 60_000 }, 9);
    press("Save changes");
    const waitedMs = await until(() => isIdle() && failures(dialog()).length > 0, 60_000);
    await drill.holds("I3", () => expect(waitedMs).toBeLessThanOrEqual(35_000));
    await drill.holds("I4", () =>
      expect(failures(dialog())).toEqual([expect.stringContaining("The service took too long to answer")]),
    );
    await drill.holds("I4", () => announced(harness, "The service took too long to answer. "));
    await drill.holds("I1", () => expect(field("Session name").value).toBe("Hand rehab"));
    await drill.holds("I8", () => expect(harness.count("updateSession")).toBe(0));
    harness.clearRules();
    await save();
    await drill.holds("I4", async () =>
      expect(await storedSession(harness, session)).toMatchObject({ session_name: "Hand rehab" }),
    );
  }),
  scenario("updateSession × no response to it and to the checks after it", async (harness, drill, session) => {
    await openEdit(harness, session);
    enter("Session name", "Hand rehab");
    harness.next("PUT", aSession, () => {
      harness.next("GET", aSession, { respondsAfterMs: 60_000 }, 20);
      return { respondsAfterMs: 60_000 };
    });
    press("Save changes");
    const waitedMs = await until(() => isIdle() && alerts().length > 0, 60_000);
    await drill.holds("I3", () => expect(waitedMs).toBeLessThanOrEqual(35_000));
    await drill.holds("I4", () => expect(alerts()).toEqual([expect.stringContaining("We couldn’t confirm this")]));
  }),
  scenario("updateSession × offline × nothing is sent, with a message at once", async (harness, drill, session) => {
    await openEdit(harness, session);
    enter("Session name", "Hand rehab");
    harness.sandbox.faults.offline(true);
    press("Save changes");
    const waitedMs = await until(() => isIdle() && failures(dialog()).length > 0);
    await drill.holds("I3", () => expect(waitedMs).toBeLessThanOrEqual(2000));
    await drill.holds("I4", () =>
      expect(failures(dialog())).toEqual([
        expect.stringContaining("Last updated just now"),
        expect.stringContaining("We couldn’t reach the serviceNothing has changed."),
      ]),
    );
    await drill.holds("I4", () => announced(harness, "We couldn’t reach the service. Nothing has changed."));
    await drill.holds("I1", () => expect(field("Session name").value).toBe("Hand rehab"));
  }),
]);

faultRow("W6", "people are sent with the booking, and a person who is added later is never there twice", [
  scenario("createSession × with its people × one write, after one read", async (harness, drill) => {
    harness.renderUi(<SessionScheduler />);
    await pass();
    enter("Session name", "Hand rehab");
    enter("Name of person 1", "Dr Amara Okafor");
    enter("Name of person 2", "Ana Lee");
    harness.sandbox.log.clear();
    press("Book session");
    await until(() => screenText().includes("Session booked."));
    await drill.holds("I8", () => expect(harness.requests()).toEqual(["GET /sessions", "POST /sessions"]));
    const [, booked] = await harness.sessions();
    await drill.holds("I4", () =>
      expect(booked?.participants?.map(({ display_name }) => display_name)).toEqual(["Dr Amara Okafor", "Ana Lee"]),
    );
  }),
  ...(
    [
      ["done, response lost", "response-lost", 0],
      ["503, done", { status: 503, done: true }, 0],
      ["arrives 4 s late", { arrivesAfterMs: 4000 }, 0],
      ["arrives 10 s late, sent again after it", { arrivesAfterMs: 10_000 }, 12_000],
      ["never arrives, sent again", "lost", 1000],
    ] as const
  ).map(([fault, outcome, waitMs]) =>
    scenario(`addSessionParticipant × ${fault}`, async (harness, drill, session) => {
      await openScreen(harness, session, "Add people");
      enter("Name", "Kwame Mensah");
      harness.next("POST", /\/participants$/, outcome);
      press("Add person");
      await until(isIdle);
      if (waitMs && dialog()) {
        await drill.holds("I1", () => expect(field("Name").value).toBe("Kwame Mensah"));
        await pass(waitMs);
        if (button("Add person")) press("Add person");
      }
      await until(() => screenText().includes("Kwame Mensah added"));
      await pass(20_000);
      const { participants } = await storedSession(harness, session);
      await drill.holds("I2", () =>
        expect(participants.filter(({ display_name }) => display_name === "Kwame Mensah")).toHaveLength(1),
      );
      await drill.holds("I4", () => expect(screenText()).toContain("Kwame Mensah added"));
    }),
  ),
]);

faultRow("W16", "nothing is shown as done before it is", [
  scenario("createSession × slow × nothing is shown before the response", async (harness, drill, session) => {
    harness.renderUi(
      <>
        <SessionScheduler />
        <SessionDetails sessionId={session.session_id} />
      </>,
    );
    await pass();
    enter("Session name", "Hand rehab");
    enter("Name of person 1", "Dr Amara Okafor");
    harness.next("POST", /\/sessions$/, { respondsAfterMs: 3000 });
    press("Book session");
    await pass(2000);
    await drill.holds("I4", () => expect(screenText()).not.toContain("Session booked"));
  }),
  ...(
    [
      ["slow", { respondsAfterMs: 3000 }],
      ["refused", { status: 400, done: false }],
    ] as const
  ).map(([fault, outcome]) =>
    scenario(
      `deleteSession × ${fault} × the session stays as it is until it is canceled`,
      async (harness, drill, session) => {
        await openScreen(harness, session, "Cancel session");
        harness.next("DELETE", aSession, outcome);
        press(/^Cancel 10:30 am/);
        await pass(2000);
        await drill.holds("I4", () =>
          expect(document.querySelector(".coviu-session-details")?.getAttribute("data-state")).toBe("scheduled"),
        );
      },
    ),
  ),
]);

/** Operation, path and method of each write, how the user sends it, and its text in the list of pending writes. */
const writes: [string, RegExp, string, (session: BookedSession) => Promise<void>, string][] = [
  [
    "updateSession",
    aSession,
    "PUT",
    async () => {
      press("Reschedule");
      await until(() => document.querySelector("dialog:not([role]) input"));
      enter("Session name", "Hand rehab");
      press("Save changes");
      await pass();
    },
    "A change of a session.",
  ],
  [
    "deleteSession",
    aSession,
    "DELETE",
    async () => {
      press("Cancel session");
      await pass();
      press(/^Cancel 10:30 am/);
    },
    "Canceling a session.",
  ],
  [
    "addSessionParticipant",
    /\/participants$/,
    "POST",
    async () => {
      press("Add people");
      await pass();
      enter("Name", "Kwame Mensah");
      press("Add person");
    },
    "Adding a person.",
  ],
  [
    "updateSessionParticipant",
    aPerson,
    "PUT",
    async () => {
      press("Edit Ana Lee");
      await pass();
      enter("Name", "Ana Smith");
      press("Save changes");
      await pass();
    },
    "A change of a person.",
  ],
  [
    "deleteSessionParticipant",
    aPerson,
    "DELETE",
    async () => {
      press("Remove Ana Lee");
      await pass();
      confirmQuestion();
    },
    "Removing a person.",
  ],
];

/** App that can unmount the details. */
function App({ session, hasDetails }: { session: Session; hasDetails: boolean }) {
  return (
    <>
      <PendingWrites />
      {hasDetails && <SessionDetails sessionId={session.session_id} />}
    </>
  );
}

faultRow("W18", "the result of an edit that arrives after its form was closed is shown", [
  ...writes.flatMap(([operation, path, method, send, writeText]) =>
    (
      [
        ["success", { respondsAfterMs: 3000 }, "Done", 5000],
        ["late response", { respondsAfterMs: 9000 }, "Done", 10_000],
        ["refused", { status: 400, done: false }, "This was not done", 0],
        ["no response", "lost", "We couldn’t confirm this", 10_000],
      ] as const
    ).map(([fault, outcome, outcomeText, time]) =>
      scenario(`${operation} × the screen changes while it is sent × ${fault}`, async (harness, drill, session) => {
        const view = harness.renderUi(<App session={session} hasDetails />);
        await until(() => button("Edit Ana Lee"));
        // The refusal arrives after the screen has changed.
        if (fault === "refused") harness.next(method, path, { status: 400, done: false, afterMs: 1000 });
        else harness.next(method, path, outcome);
        await send(session);
        view.rerender(<App session={session} hasDetails={false} />);
        await pass(Math.max(time, 2000));
        await drill.holds("I4", () => expect(screenText()).toContain(`${outcomeText}${writeText}`));
        await drill.holds("I4", () => announced(harness, `${outcomeText}. ${writeText}`));
        if (fault === "no response") {
          press("Check again");
          await until(isIdle);
          await drill.holds("I4", () => expect(screenText()).toContain("We looked again, and it isn’t there so far."));
        }
        press("Dismiss");
        await pass();
        await drill.holds("I4", () => expect(screenText().trim()).toBe(""));
      }),
    ),
  ),
]);
