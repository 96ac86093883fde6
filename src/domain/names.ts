/** Characters that keyboards and programs write in several ways. They are replaced before NFKC. */
const apostrophes = /[\u2018\u2019\u201b\u02b9\u02bb\u02bc\u02c8\u00b4`\u2032\u05f3\u055a]/g;
const hyphens = /[\p{Pd}\u2212]/gu;
/** Invisible characters: controls, format characters, fillers and variation selectors. */
const invisible = /[^\P{C}\s]|\p{DI}|\u2800/gu;
/** Printable ASCII without the grave accent: a text that has no accents, and other forms only by letter case and spaces. */
const plain = /^[ -_a-~]*$/;
/**
 * Number of characters that are compared. No name that can be booked is longer. Normalizing a long run of combining marks
 * takes quadratic time.
 */
const comparedLength = 5000;

/**
 * Returns the form in which the kit compares names. Two names have the same key if they look the same to a reader. Unicode
 * forms, full-width letters, spaces, invisible characters, apostrophes, hyphens and letter case do not count. Accents count.
 * The key is never shown or sent.
 */
export function nameKey(name = ""): string {
  const unified = name
    .slice(0, comparedLength)
    .replace(apostrophes, "'")
    .normalize("NFKC")
    .replace(hyphens, "-")
    .replace(invisible, "");
  // Upper case has one form of sigma, and "SS" for "ß". The four Turkish letters i become one, in every locale.
  const caseFolded = unified
    .toLowerCase()
    .toUpperCase()
    .replace(/I\u0307+/g, "I");
  return caseFolded.normalize("NFC").replace(/\s+/g, " ").trim();
}

/** Returns the form in which a search compares names: like `nameKey`, without accents. */
export function searchKey(text: string): string {
  if (plain.test(text)) return text.slice(0, comparedLength).toUpperCase().replace(/ +/g, " ").trim();
  return nameKey(text).normalize("NFD").replace(/\p{M}/gu, "");
}

/**
 * Whether a stored text equals the sent one. A service may trim it or change its Unicode form. All other differences count,
 * letter case too.
 */
export function isSameText(stored: string, sent: string): boolean {
  return sentForm(stored) === sentForm(sent);
}

/** Returns the form in which `isSameText` compares texts. */
export function sentForm(text: string): string {
  return text.slice(0, comparedLength).normalize("NFC").trim();
}
