export {
  maxLengthOf as longestOf,
  type PersonDraft,
  personDraft,
  personProblems,
  personRequest,
} from "../person/personDraft.ts";
