import { type CanaryForm, folded, decodingsOf } from "./decoding.ts";

/** A secret that must not leak. */
export interface Canary {
  /** Kind of the secret, repeated in findings. A kind of your own is allowed nowhere. */
  kind: "token" | "api-secret" | "entry-link" | "participant-id" | "name" | "session-name" | (string & {});
  /** The secret. It needs at least four characters. */
  value: string;
}

/** Minimum length of a secret, in characters. Shorter ones occur in any text. */
export const minCanaryLength = 4;

/** Creates a search for secrets in texts. Its time hardly depends on the number of secrets. */
export function createSearch(canaries: readonly Canary[]) {
  const byStart = new Map<string, Canary[]>();
  for (const { kind, value } of canaries) {
    const needle = folded(value);
    const start = needle.slice(0, minCanaryLength);
    byStart.set(start, [...(byStart.get(start) ?? []), { kind, value: needle }]);
  }

  function find(text: string): { kind: string; form: CanaryForm }[] {
    const hits = new Map<string, Canary & { form: CanaryForm }>();
    for (const [reading, form] of decodingsOf(text)) {
      for (let at = 0; at <= reading.length - minCanaryLength; at += 1) {
        for (const { kind, value } of byStart.get(reading.slice(at, at + minCanaryLength)) ?? []) {
          if (!hits.has(value) && reading.startsWith(value, at)) hits.set(value, { kind, value, form });
        }
      }
    }
    // An entry link contains an id. That is one finding, not two.
    const all = [...hits.values()];
    return all.filter(({ value }) => !all.some((other) => other.value !== value && other.value.includes(value)));
  }

  return {
    find,
    /** Replaces the secrets in a text. */
    redact(text: string): string {
      let redacted = text;
      for (const { kind, value } of canaries) redacted = redacted.replaceAll(value, `‹${kind}›`);
      return find(redacted).length > 0 ? "‹not shown: a secret is in it›" : redacted;
    },
  };
}
