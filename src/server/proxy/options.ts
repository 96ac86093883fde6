import { kindOf } from "./scope.ts";

/** Refuses addresses that would only fail with the first request. @throws TypeError */
export function checkBaseUrl(name: string, baseUrl: unknown): void {
  const fix = 'Write it with its scheme, such as "https://api.coviu.com/v1".';
  if (typeof baseUrl !== "string") throw new TypeError(`${name}: baseUrl is ${kindOf(baseUrl)}. ${fix}`);
  const url = parse(baseUrl);
  if (!/^https?:\/\//i.test(baseUrl) || !url) {
    throw new TypeError(`${name}: baseUrl ${JSON.stringify(baseUrl)} is no web address. ${fix}`);
  }
  // Not quoted: what stands there may be a secret.
  if (url.search || url.hash || url.username || url.password) {
    throw new TypeError(`${name}: baseUrl has more than scheme, host and path. ${fix}`);
  }
}

/** @throws TypeError for anything that no browser sends as an `Origin` */
export function checkOrigins(origins: unknown): void {
  if (origins === undefined) return;
  const fix = 'Write it as the browser sends it, such as origins: ["https://clinic.example"].';
  if (!Array.isArray(origins))
    throw new TypeError(`createCoviuProxy: origins is ${kindOf(origins)}, not a list. ${fix}`);
  if (origins.length === 0) {
    throw new TypeError(
      `createCoviuProxy: origins is empty, so that every write would be refused. Leave it out, or: ${fix}`,
    );
  }
  for (const origin of origins as unknown[]) {
    if (typeof origin !== "string")
      throw new TypeError(`createCoviuProxy: origins has ${kindOf(origin)} in it. ${fix}`);
    const url = /^https?:\/\//i.test(origin) ? parse(origin) : undefined;
    if (url?.origin === origin && !origin.includes("*")) continue;
    const meant = url && !origin.includes("*") ? `Write ${JSON.stringify(url.origin)}.` : fix;
    throw new TypeError(
      `createCoviuProxy: ${JSON.stringify(origin)} in origins is no origin: scheme and host, a port if it has one, and nothing else. ${meant}`,
    );
  }
}

/** @throws TypeError */
export function checkMount(mount: unknown): void {
  if (mount === undefined || (typeof mount === "string" && /^(\/[^?#*:]*)?$/.test(mount))) return;
  throw new TypeError(
    `createCoviuProxy: mount ${typeof mount === "string" ? JSON.stringify(mount) : `is ${kindOf(mount)}`}: give a path that begins with a slash, such as "/api/coviu".`,
  );
}

/** @throws TypeError if an option is there and no function */
export function checkFunctions(options: object, names: readonly string[]): void {
  for (const name of names) {
    const value: unknown = Reflect.get(options, name);
    if (value === undefined || typeof value === "function") continue;
    throw new TypeError(`createCoviuProxy: ${name} is ${kindOf(value)}, not a function.`);
  }
}

/** @throws TypeError if it is there and no whole number from `min` on */
export function checkCount(name: string, value: unknown, min: number): void {
  if (value === undefined || (typeof value === "number" && Number.isSafeInteger(value) && value >= min)) return;
  throw new TypeError(`createCoviuProxy: ${name} must be a whole number, ${min} or more.`);
}

/** @throws TypeError if it is there and none of these */
export function checkOneOf(name: string, value: unknown, names: readonly string[]): void {
  if (value === undefined || (typeof value === "string" && names.includes(value))) return;
  throw new TypeError(`createCoviuProxy: ${name} must be ${names.map((one) => JSON.stringify(one)).join(" or ")}.`);
}

function parse(url: string): URL | undefined {
  try {
    return new URL(url);
  } catch {
    return undefined;
  }
}
