import { coviu } from "../../../coviu";
export { coviu as DELETE, coviu as GET, coviu as POST, coviu as PUT };
