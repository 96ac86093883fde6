import { Picture } from "./Picture.tsx";

export interface AvatarProps {
  name: string;
  /** Already checked: only pictures of trusted hosts get here. */
  picture?: string | undefined;
  role?: "host" | "guest" | undefined;
  size?: "small" | undefined;
}

/** A picture, or initials. The name stands beside it, so it is hidden from screen readers. */
export function Avatar({ name, picture, role, size }: AvatarProps) {
  const look = { className: "coviu-avatar", "data-role": role, "data-size": size };
  const initials = (
    <span {...look} aria-hidden="true" translate="no">
      {initialsOf(name)}
    </span>
  );
  return <Picture {...look} src={picture} otherwise={initials} />;
}

/** First and last word's first letter; titles such as "Dr" are not names. */
function initialsOf(name: string): string {
  const words = name
    .split(/\s+/)
    .filter((word) => /^\p{L}/u.test(word) && !/^(dr|mr|mrs|ms|mx|prof|assoc)\.?$/i.test(word));
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words;
  return chosen.map((word = "") => firstLetter(word).toUpperCase()).join("");
}

/** With its accents and vowel signs, which may be characters of their own. */
function firstLetter(word: string): string {
  return /^\p{L}\p{M}*/u.exec(word)?.[0] ?? "";
}
