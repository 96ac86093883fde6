/** Signs that keyboards and programs write in several ways, with the form that is compared. Applied before NFKC. */
const apostrophes = /[\u2018\u2019\u201b\u02b9\u02bb\u02bc\u02c8\u00b4`\u2032\u05f3\u055a]/g;
const hyphens = /[\p{Pd}\u2212]/gu;
/** Invisible characters: controls, format characters, fillers and variation selectors. */
const invisible = /[^\P{C}\s]|\p{DI}|\u2800/gu;
/** Longer than any name that can be booked. Normalising a long run of marks takes quadratic time. */
const readable = 5000;

/**
 * Gives the form in which the kit compares names. Two names have the same key if a reader would take them for one. Unicode
 * forms, full-width letters, spaces, invisible characters, apostrophes, hyphens and letter case do not count. Accents count.
 * The key is never shown or sent.
 */
export function nameKey(name = ""): string {
  const plain = name
    .slice(0, readable)
    .replace(apostrophes, "'")
    .normalize("NFKC")
    .replace(hyphens, "-")
    .replace(invisible, "");
  // Upper case has one form of sigma, and "SS" for "ß". All four letters i of Turkish are one, in every locale.
  const folded = plain
    .toLowerCase()
    .toUpperCase()
    .replace(/I\u0307+/g, "I");
  return folded.normalize("NFC").replace(/\s+/g, " ").trim();
}

/** Gives the form in which a search compares names: like `nameKey`, without accents. */
export function searchKey(text: string): string {
  return nameKey(text).normalize("NFD").replace(/\p{M}/gu, "");
}

/**
 * Tells whether a stored text is the one that was sent. A service may trim it or change its Unicode form. Letter case and
 * everything else that a reader sees must be the same.
 */
export function isSameText(stored: string, sent: string): boolean {
  return sentForm(stored) === sentForm(sent);
}

/** Gives the form in which `isSameText` compares. */
export function sentForm(text: string): string {
  return text.slice(0, readable).normalize("NFC").trim();
}
