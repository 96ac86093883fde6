import { type CanaryForm, folded, readingsOf } from "./text.ts";

/** Something that must not get out. */
export interface Canary {
  /** Says in a finding what it was. A kind of your own has no place where it is allowed. */
  kind: "token" | "api-secret" | "entry-link" | "participant-id" | "name" | "session-name" | (string & {});
  value: string;
}

/** Finds secrets in texts. */
export function createSearch(canaries: readonly Canary[]) {
  const needles = canaries.map(({ kind, value }) => ({ kind, value: folded(value) }));

  function find(text: string): { kind: string; form: CanaryForm }[] {
    const hits = new Map<string, { kind: string; value: string; form: CanaryForm }>();
    for (const [reading, form] of readingsOf(text)) {
      for (const { kind, value } of needles) {
        if (!hits.has(value) && reading.includes(value)) hits.set(value, { kind, value, form });
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
