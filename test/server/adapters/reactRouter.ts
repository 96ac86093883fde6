import { coviu } from "./next/coviu.ts";

const handle = ({ request }: { request: Request }) => coviu(request);
export { handle as action, handle as loader };
