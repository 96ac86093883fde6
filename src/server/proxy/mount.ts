/** The path of a request below the mount, or why there is none. */
export type MountedPath = { path: string; cause?: undefined } | { path?: undefined; cause: string | undefined };

/**
 * Finds what follows the mount in a path. Before it may stand a base path, as Next's `basePath` is. One slash at the end
 * is not counted: servers that end every path with one redirect to it.
 *
 * @param mount Ends with a slash.
 */
export function pathBelow(mount: string, pathname: string): MountedPath {
  const at = pathname.indexOf(mount);
  const isBase = at === 0 || (at > 0 && /^(\/[\w.~-]+)+$/.test(pathname.slice(0, at)));
  if (isBase) return { path: pathname.slice(at + mount.length).replace(/(?<=[^/])\/$/, "") };
  const isStripped = /^\/(\w+\/)*(sessions|participants)(\/|$)/.test(pathname);
  return {
    cause: isStripped
      ? `The path does not begin with ${mount.slice(0, -1)}. If a router has taken that away, give createCoviuProxy mount: "/".`
      : undefined,
  };
}
