import { coviu } from "../../../../coviu.ts";

export { coviu as DELETE, coviu as GET, coviu as POST, coviu as PUT };
