/** The path of a request below the mount, or the cause why there is none. */
export type MountedPath = { path: string; cause?: undefined } | { path?: undefined; cause: string | undefined };

/**
 * Finds the part of a path after the mount. A base path may precede the mount, such as Next's `basePath`. One trailing
 * slash is ignored: some servers redirect every path to one with a slash.
 *
 * @param mount Ends with a slash.
 */
export function pathBelowMount(mount: string, pathname: string): MountedPath {
  const at = pathname.indexOf(mount);
  const isBase = at === 0 || (at > 0 && /^(\/[\w.~-]+)+$/.test(pathname.slice(0, at)));
  if (isBase) return { path: pathname.slice(at + mount.length).replace(/(?<=[^/])\/$/, "") };
  const isStripped = /^\/(\w+\/)*(sessions|participants)(\/|$)/.test(pathname);
  return {
    cause: isStripped
      ? `The path does not begin with ${mount.slice(0, -1)}. If a router has removed it, give createCoviuProxy mount: "/".`
      : undefined,
  };
}
