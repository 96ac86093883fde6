import { describeKind } from "./valueChecks.ts";

/** @throws TypeError for an address with which every request would fail. */
export function checkBaseUrl(name: string, baseUrl: unknown): void {
  const fix = 'Write it with its scheme, such as "https://api.coviu.com/v1".';
  if (typeof baseUrl !== "string") throw new TypeError(`${name}: baseUrl is ${describeKind(baseUrl)}. ${fix}`);
  const url = parse(baseUrl);
  if (!/^https?:\/\//i.test(baseUrl) || !url) {
    throw new TypeError(`${name}: baseUrl ${JSON.stringify(baseUrl)} is not a web address. ${fix}`);
  }
  // Not quoted: the rest of the address may be a secret.
  if (url.search || url.hash || url.username || url.password) {
    throw new TypeError(`${name}: baseUrl has more than scheme, host and path. ${fix}`);
  }
}

/** @throws TypeError for an entry that browsers never send as `Origin`. */
export function checkOrigins(origins: unknown): void {
  if (origins === undefined) return;
  const fix = 'Write it as the browser sends it, such as origins: ["https://clinic.example"].';
  if (!Array.isArray(origins))
    throw new TypeError(`createCoviuProxy: origins is ${describeKind(origins)}, not a list. ${fix}`);
  if (origins.length === 0) {
    throw new TypeError(
      `createCoviuProxy: origins is empty, so every write would be refused. Leave it out, or: ${fix}`,
    );
  }
  for (const origin of origins as unknown[]) {
    if (typeof origin !== "string")
      throw new TypeError(`createCoviuProxy: origins contains ${describeKind(origin)}. ${fix}`);
    const url = /^https?:\/\//i.test(origin) ? parse(origin) : undefined;
    if (url?.origin === origin && !origin.includes("*")) continue;
    const suggestion = url && !origin.includes("*") ? `Write ${JSON.stringify(url.origin)}.` : fix;
    throw new TypeError(
      `createCoviuProxy: ${JSON.stringify(origin)} in origins is not an origin: an origin has a scheme, a host and an optional port, and nothing else. ${suggestion}`,
    );
  }
}

/** @throws TypeError if it is not a path. */
export function checkMount(mount: unknown): void {
  if (mount === undefined || (typeof mount === "string" && /^(\/[^?#*:]*)?$/.test(mount))) return;
  throw new TypeError(
    `createCoviuProxy: mount ${typeof mount === "string" ? JSON.stringify(mount) : `is ${describeKind(mount)}`}: give a path that begins with a slash, such as "/api/coviu".`,
  );
}

/** @throws TypeError if an option is given and is not a function. */
export function checkFunctions(options: object, names: readonly string[]): void {
  for (const name of names) {
    const value: unknown = Reflect.get(options, name);
    if (value === undefined || typeof value === "function") continue;
    throw new TypeError(`createCoviuProxy: ${name} is ${describeKind(value)}, not a function.`);
  }
}

/** @throws TypeError if it is given and is not an integer of at least `min`. */
export function checkCount(name: string, value: unknown, min: number): void {
  if (value === undefined || (typeof value === "number" && Number.isSafeInteger(value) && value >= min)) return;
  throw new TypeError(`createCoviuProxy: ${name} must be an integer of at least ${min}.`);
}

/** @throws TypeError if it is given and is not one of the names. */
export function checkOneOf(name: string, value: unknown, names: readonly string[]): void {
  if (value === undefined || (typeof value === "string" && names.includes(value))) return;
  throw new TypeError(
    `createCoviuProxy: ${name} must be ${names.map((option) => JSON.stringify(option)).join(" or ")}.`,
  );
}

/** @throws TypeError if it is given and is not an array. */
export function checkHosts(name: string, value: unknown): void {
  if (value === undefined || Array.isArray(value)) return;
  throw new TypeError(`createCoviuProxy: ${name} is ${describeKind(value)}, not a list of hosts.`);
}

function parse(url: string): URL | undefined {
  try {
    return new URL(url);
  } catch {
    return undefined;
  }
}
