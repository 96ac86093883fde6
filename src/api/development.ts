declare const process: { env: { NODE_ENV?: string | undefined } };

/**
 * Whether this is a development build. Bundlers replace `process.env.NODE_ENV`, Node has it at run time. Where neither
 * is the case, such as in a worker without a bundler, it counts as production.
 */
export function isDevelopment(): boolean {
  try {
    return process.env.NODE_ENV !== "production";
  } catch {
    return false;
  }
}

/**
 * Whether `process.env.NODE_ENV` can be read. The condition `hasMode && process.env.NODE_ENV !== "production"` stands
 * around checks that are only for development: bundlers then leave out the checks with their texts. `typeof process`
 * would not do, because no bundler replaces it, and browsers have none.
 */
export const hasMode = canReadMode();

function canReadMode(): boolean {
  try {
    return process.env.NODE_ENV !== "";
  } catch {
    return false;
  }
}

const reported = new Set<string>();

/**
 * Writes a message for the developer to the console, in development only and once per `key`. The message explains what is
 * wrong, why and how to mend it. It holds no token, id, name or link: consoles are recorded.
 */
export function warnOnce(key: string, message: string): void {
  if (reported.has(key) || !isDevelopment()) return;
  reported.add(key);
  console.warn(`coviu-react: ${message}`);
}
