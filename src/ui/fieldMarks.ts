/**
 * Attributes of every field of the kit: browsers and password managers neither fill it in nor offer to save what is
 * typed. Patients' names would otherwise be suggested to the next user of the computer.
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
