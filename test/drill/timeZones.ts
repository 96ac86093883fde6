/** Runs a function with another time zone of the computer. */
export function withTimeZone<T>(zone: string, run: () => T): T {
  const own = process.env.TZ;
  process.env.TZ = zone;
  try {
    const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const there = Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone;
    if (here !== there) throw new Error(`The time zone can't be set to ${zone}`);
    return run();
  } finally {
    if (own === undefined) delete process.env.TZ;
    else process.env.TZ = own;
  }
}

const viewerZones =
  "Europe/London America/New_York Asia/Tokyo Australia/Sydney America/Los_Angeles Asia/Kathmandu Pacific/Kiritimati Pacific/Pago_Pago Africa/Cairo Australia/Adelaide America/Sao_Paulo Asia/Tehran UTC".split(
    " ",
  );

/** Three zones of computers for each clinic, different for the next one. */
export function viewers(clinic: number): string[] {
  return [0, 1, 2].flatMap((index) => viewerZones[(clinic * 3 + index) % viewerZones.length] ?? []);
}
