/**
 * Attributes of every field of the kit. With them, browsers and password managers do not fill in a field or store its text.
 * Otherwise they would suggest names of patients to the next user of the computer.
 *
 * In this order: browsers, 1Password, LastPass, Bitwarden, Dashlane, Proton Pass, NordPass.
 */
export const unmanaged = {
  autoComplete: "off",
  "data-1p-ignore": "true",
  "data-lpignore": "true",
  "data-bwignore": "true",
  "data-form-type": "other",
  "data-protonpass-ignore": "true",
  "data-np-ignore": "true",
} as const;
