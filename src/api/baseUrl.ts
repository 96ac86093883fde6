import { warnOnce } from "./development.ts";

/**
 * Checks the address that a client is given.
 *
 * @throws TypeError if requests could not reach a server at it. The message explains how to mend it.
 */
export function checkBaseUrl(baseUrl: unknown): asserts baseUrl is string {
  if (typeof baseUrl !== "string" || !baseUrl.trim()) {
    throw new TypeError("createCoviuClient needs a baseUrl, such as /api/coviu or https://api.coviu.com/v1.");
  }
  const fault = faultOf(baseUrl);
  // The address itself may hold a password.
  if (fault) throw new TypeError(`createCoviuClient: baseUrl ${fault}`);
  if (/^[^./:][^:]*$/.test(baseUrl)) {
    warnOnce(
      "baseUrl",
      `baseUrl "${baseUrl}" has no leading slash, so it is relative to the page: on /patients/7 it leads to /patients/${baseUrl}. Write "/${baseUrl}".`,
    );
  }
}

function faultOf(baseUrl: string): string | undefined {
  if (/[\s\\]/.test(baseUrl)) return "contains a space or a backslash.";
  if (/[?#]/.test(baseUrl)) return "has a query or a fragment: give the address without it, paths are added to it.";
  if (baseUrl.startsWith("//")) {
    return "begins with two slashes, which makes its first part a host name. Write one slash, or https:// before a host.";
  }
  const scheme = /^([a-z][a-z\d+.-]*):/i.exec(baseUrl)?.[1];
  const path = scheme ? baseUrl.replace(/^[^:]*:\/*[^/]*/, "") : baseUrl;
  if (/\/\/./.test(path)) return "has two slashes in a row in its path. Write one.";
  if (!scheme) {
    return /^[^./][^/]*\.[^/]*(\/|$)/.test(baseUrl)
      ? "has a host name but no scheme. Write https:// before it."
      : undefined;
  }
  if (/^(localhost|[^/]*\..*)$/i.test(scheme) || /^[^/]*:\d+(\/|$)/.test(baseUrl)) {
    return "has a host name but no scheme. Write https:// before it, or http:// for a server on your own computer.";
  }
  if (!/^https?:\/\/[^/]/i.test(baseUrl)) return "must begin with https:// or http:// and a host, or with one slash.";
  try {
    const { username, password } = new URL(baseUrl);
    if (username || password)
      return "contains a user name or a password. Browsers refuse such addresses: use a proxy or getAccessToken.";
  } catch {
    return "is not a valid address.";
  }
  return undefined;
}
