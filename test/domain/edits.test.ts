import { describe, expect, it } from "vitest";

import { changedFields, threeWayMerge } from "../../src/domain/edits.ts";
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
  it("returns name, start and end together, and picture", () => {
    expect(sessionFields).toEqual(["name", "times", "picture"]);
    expect(fieldsOf(session)).toEqual({
      name: "Knee rehab",
      times: { start: "2026-01-12T10:00:00.000Z", end: "2026-01-12T10:30:00.000Z" },
      picture: "https://clinic.example/a.png",
    });
  });

  it("returns an empty string for an absent name or picture", () => {
    expect(fieldsOf({ ...session, session_name: undefined, picture: undefined })).toMatchObject({
      name: "",
      picture: "",
    });
  });
});

describe("changedFields", () => {
  it("returns the fields that differ, in the order of the fields", () => {
    expect(changedFields(sessionFields, original, original)).toEqual([]);
    expect(changedFields(sessionFields, original, { ...original, picture: "", name: "Hip" })).toEqual([
      "name",
      "picture",
    ]);
  });
});

describe("threeWayMerge", () => {
  const [early, late] = [
    { start: "a", end: "b" },
    { start: "a", end: "c" },
  ];
  const merge = (mine: object, theirs: object) =>
    threeWayMerge(sessionFields, { original, mine: { ...original, ...mine }, theirs: { ...original, ...theirs } });

  it("returns as conflicts the fields that both users have changed to different values", () => {
    expect(merge({ name: "Hip" }, { name: "Shoulder" })).toEqual({ conflicts: ["name"], theirChanges: [] });
    expect(merge({ name: "Hip", times: early }, { name: "Shoulder", times: late }).conflicts).toEqual([
      "name",
      "times",
    ]);
  });

  it("returns no conflict for a field that one user has changed, or both to the same value", () => {
    expect(merge({ name: "Hip" }, {})).toEqual({ conflicts: [], theirChanges: [] });
    expect(merge({}, { name: "Hip" }).conflicts).toEqual([]);
    expect(merge({ name: "Hip", times: early }, { name: "Hip", times: { ...early } }).conflicts).toEqual([]);
    expect(merge({ name: "Hip" }, { times: late }).conflicts).toEqual([]);
  });

  it("returns as their changes the fields that only the other user has changed", () => {
    expect(merge({}, { name: "Hip" }).theirChanges).toEqual(["name"]);
    expect(merge({ name: "Hip" }, { name: "Shoulder", times: late }).theirChanges).toEqual(["times"]);
    expect(merge({ name: "Hip" }, { name: "Hip" }).theirChanges).toEqual([]);
  });
});
