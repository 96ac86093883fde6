/** English text of a time zone: "Sydney time". A zone without a city is written as it is: "UTC", "UTC-5". */
export function timeIn(city: string): string {
  return city.startsWith("UTC") ? city : `${city} time`;
}

/** English text of a time zone with its offset: "Sydney time (AEST, UTC+10)". */
export function zoneText(city: string, zone: string, offset: string): string {
  return city === offset ? city : `${timeIn(city)} (${namedOffset(zone, offset)})`;
}

/** English text of an offset: "AEST, UTC+10". A zone without a short name has only the offset. */
export function namedOffset(zone: string, offset: string): string {
  return zone === offset ? zone : `${zone}, ${offset}`;
}
