export interface Recipe {
  /** What `createCoviuProxy` has made. */
  coviu: (request: Request) => Promise<Response>;
  /** The app's access log. */
  log: (line: string) => void;
}
