import { describe, expect, it } from "vitest";

import { changedFields, conflictsIn } from "../../src/domain/edits.ts";
import { fieldsOf, sessionFields } from "../../src/domain/sessionFields.ts";

const session = {
  session_id: "s-1",
  session_name: " Knee rehab ",
  start_time: "2026-01-12T10:00:00.000Z",
  end_time: "2026-01-12T10:30:00.000Z",
  picture: " https://clinic.example/a.png ",
};
const original = fieldsOf(session);

describe("fieldsOf", () => {
  it("gives each of the three as one text, start and end together", () => {
    expect(sessionFields).toEqual(["name", "times", "picture"]);
    expect(fieldsOf(session)).toEqual({
      name: "Knee rehab",
      times: "2026-01-12T10:00:00.000Z 2026-01-12T10:30:00.000Z",
      picture: "https://clinic.example/a.png",
    });
  });

  it("takes what is absent for empty", () => {
    expect(fieldsOf({ ...session, session_name: undefined, picture: undefined })).toMatchObject({
      name: "",
      picture: "",
    });
  });
});

describe("changedFields", () => {
  it("names what differs, in the order of the fields", () => {
    expect(changedFields(sessionFields, original, original)).toEqual([]);
    expect(changedFields(sessionFields, original, { ...original, picture: "", name: "Hip" })).toEqual([
      "name",
      "picture",
    ]);
  });
});

describe("conflictsIn", () => {
  const conflicts = (mine: object, theirs: object) =>
    conflictsIn(sessionFields, { original, mine: { ...original, ...mine }, theirs: { ...original, ...theirs } });

  it("names what both have changed to something else", () => {
    expect(conflicts({ name: "Hip" }, { name: "Shoulder" })).toEqual(["name"]);
    expect(conflicts({ name: "Hip", times: "a" }, { name: "Shoulder", times: "b" })).toEqual(["name", "times"]);
  });

  it("leaves out what only one has changed, and what both have changed alike", () => {
    expect(conflicts({ name: "Hip" }, {})).toEqual([]);
    expect(conflicts({}, { name: "Hip" })).toEqual([]);
    expect(conflicts({ name: "Hip" }, { name: "Hip" })).toEqual([]);
    expect(conflicts({ name: "Hip" }, { times: "b" })).toEqual([]);
  });
});
