/** Texts of the banner. Texts of failures are in the `failure` table. */
export interface ConnectionBannerMessages {
  signIn: string;
  /** After an outage. */
  back: string;
  /** After a lost sign-in. */
  signedIn: string;
}

export const connectionBannerMessages: ConnectionBannerMessages = {
  signIn: "Sign in",
  back: "Connected again",
  signedIn: "You’re signed in",
};
