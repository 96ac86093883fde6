export interface Recipe {
  /** Handler created by `createCoviuProxy`. */
  coviu: (request: Request) => Promise<Response>;
  /** The app's access log. */
  log: (line: string) => void;
}
