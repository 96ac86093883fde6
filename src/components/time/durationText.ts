/** English text of a duration: "1 h 30 min". The default in the message tables. */
export function durationText(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  return [hours && `${hours} h`, (minutes % 60 || !hours) && `${minutes % 60} min`].filter(Boolean).join(" ");
}
