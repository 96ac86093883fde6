import { useEffect, useState } from "react";

/**
 * Returns the text of the last time it stayed unchanged for `delayMs`. Empty at first. Announcements use it, so that several
 * changes in a row are announced once.
 *
 * @param delayMs Time without a change, in ms. @default 500
 */
export function useDebouncedValue(text: string, delayMs = 500): string {
  const [debounced, setDebounced] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setDebounced(text), delayMs);
    return () => clearTimeout(timer);
  }, [text, delayMs]);
  return debounced;
}
