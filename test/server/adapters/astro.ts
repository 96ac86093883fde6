import { coviu } from "./next/coviu.ts";

export const prerender = false;
export const ALL = ({ request }: { request: Request }) => coviu(request);
