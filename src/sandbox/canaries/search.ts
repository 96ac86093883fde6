import { type CanaryForm, folded, readingsOf } from "./text.ts";

/** Something that must not get out. */
export interface Canary {
  /** Says in a finding what it was. A kind of your own has no place where it is allowed. */
  kind: "token" | "api-secret" | "entry-link" | "participant-id" | "name" | "session-name" | (string & {});
  value: string;
}

/** Letters of the shortest secret that can be looked for; a shorter one is found in any text. */
export const shortest = 4;

/** Finds secrets in texts, in a time that hardly depends on how many they are. */
export function createSearch(canaries: readonly Canary[]) {
  const byStart = new Map<string, Canary[]>();
  for (const { kind, value } of canaries) {
    const needle = folded(value);
    const start = needle.slice(0, shortest);
    byStart.set(start, [...(byStart.get(start) ?? []), { kind, value: needle }]);
  }

  function find(text: string): { kind: string; form: CanaryForm }[] {
    const hits = new Map<string, Canary & { form: CanaryForm }>();
    for (const [reading, form] of readingsOf(text)) {
      for (let at = 0; at <= reading.length - shortest; at += 1) {
        for (const { kind, value } of byStart.get(reading.slice(at, at + shortest)) ?? []) {
          if (!hits.has(value) && reading.startsWith(value, at)) hits.set(value, { kind, value, form });
        }
      }
    }
    // A link holds an id: that is one secret, not two.
    const all = [...hits.values()];
    return all.filter(({ value }) => !all.some((other) => other.value !== value && other.value.includes(value)));
  }

  return {
    find,
    /** The text without the secrets in it. */
    redact(text: string): string {
      let redacted = text;
      for (const { kind, value } of canaries) redacted = redacted.replaceAll(value, `‹${kind}›`);
      return find(redacted).length > 0 ? "‹not shown: a secret is in it›" : redacted;
    },
  };
}
