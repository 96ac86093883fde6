/**
 * Reads a time in either form the API writes (ISO 8601 or RFC 1123) and gives ISO 8601 in UTC, or `undefined`.
 * A time without an offset is read as UTC: never in the zone of the machine.
 */
export function toInstant(value: string): string | undefined {
  const form =
    /^(\d{4}-\d\d-\d\d[T ]|\w{3}, \d\d? \w{3} \d{4} )\d\d:\d\d(:\d\d(\.\d+)?)?( ?(Z|GMT|UTC|[+-]\d\d:?\d\d))?$/i.exec(
      value,
    );
  const time = form ? Date.parse(form[4] ? value : `${value.replace(" ", "T")}Z`) : NaN;
  if (Number.isNaN(time)) return undefined;
  // Some engines take 30 February for 2 March.
  const day = value.slice(0, 10);
  if (/^\d/.test(day) && !new Date(day).toISOString().startsWith(day)) return undefined;
  return new Date(time).toISOString();
}

/** What is no time stays as it is. */
export function asInstant(time: string): string {
  return toInstant(time) ?? time;
}
