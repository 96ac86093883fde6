import { useEffect, useState } from "react";

/**
 * A text that follows another one once that has not changed for a while. Announcements use it, so that what is typed or
 * loaded in one go is announced once. Empty at first.
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
