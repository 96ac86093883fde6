/** A person whose sessions can be listed. */
export interface ListedPerson {
  /** The `state` of the person's participants in the API: the id of the person in your app. */
  state: string;
  /** Name to show for the person. */
  name: string;
}
