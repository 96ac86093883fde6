import { useEffect, useState } from "react";

const quiet = 500;

/** A text as it stands once it has been left alone: what is typed or loaded in one go is told once. */
export function useQuiet(text: string): string {
  const [settled, setSettled] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), quiet);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
