import { Picture } from "./Picture.tsx";

export interface AvatarProps {
  name: string;
  /** Address of a picture. Its host has been checked. */
  picture?: string | undefined;
  role?: "host" | "guest" | undefined;
  size?: "small" | undefined;
}

/** Picture or initials. Hidden from screen readers, because the name is next to it. */
export function Avatar({ name, picture, role, size }: AvatarProps) {
  const look = { className: "coviu-avatar", "data-role": role, "data-size": size };
  const initials = (
    <span {...look} aria-hidden="true" translate="no">
      {initialsOf(name)}
    </span>
  );
  return <Picture {...look} src={picture} otherwise={initials} />;
}

/** Returns the initials of the first and the last name. Titles such as "Dr" are skipped. */
function initialsOf(name: string): string {
  const words = name
    .split(/\s+/)
    .filter((word) => /^\p{L}/u.test(word) && !/^(dr|mr|mrs|ms|mx|prof|assoc)\.?$/i.test(word));
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words;
  return chosen.map((word = "") => firstLetter(word).toUpperCase()).join("");
}

/** Returns the first letter with its accents and vowel signs, which may be separate characters. */
function firstLetter(word: string): string {
  return /^\p{L}\p{M}*/u.exec(word)?.[0] ?? "";
}
