import { timeOf } from "./instants.ts";

/** Fields of a session or a person, as they are sent or answered. */
type Fields = Readonly<Record<string, unknown>>;

/**
 * Whether two values of a field mean the same to the service. It answers times in whole seconds where it writes RFC 1123,
 * roles in upper case, and may trim text.
 */
export function isSameValue(name: string, a: unknown, b: unknown): boolean {
  if (typeof a !== "string" || typeof b !== "string") return a === b;
  if (name.endsWith("_time")) return wholeSeconds(a) === wholeSeconds(b);
  return name === "role" ? a.toUpperCase() === b.toUpperCase() : asText(a) === asText(b);
}

/** Whether an answer has what was sent. A field that the answer leaves out says nothing. */
export function hasSentFields(answer: object, sent: object): boolean {
  const fields: Fields = { ...answer };
  return Object.entries(sent).every(([name, value]) => {
    const answered = fields[name];
    if (value === undefined || answered === undefined) return true;
    if (name === "participants") return hasSentPeople(answered, value);
    return typeof value !== "string" || isSameValue(name, answered, value);
  });
}

/** Whether each person who was sent is among those of the answer, by name and role. The service may add others. */
function hasSentPeople(answered: unknown, sent: unknown): boolean {
  if (!Array.isArray(answered) || !Array.isArray(sent)) return true;
  const left: Fields[] = [...answered];
  return sent.every(({ display_name = "", role = "GUEST" }: Fields) => {
    const index = left.findIndex(
      (person) =>
        isSameValue("display_name", person.display_name ?? "", display_name) &&
        isSameValue("role", person.role ?? "GUEST", role),
    );
    return index >= 0 && left.splice(index, 1).length === 1;
  });
}

function wholeSeconds(time: string): number {
  return Math.floor(timeOf(time) / 1000);
}

function asText(value: string): string {
  return value.normalize("NFC").replace(/\s+/gu, " ").trim();
}
