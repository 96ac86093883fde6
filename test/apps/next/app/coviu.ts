import { createCoviuProxy, ownSessions } from "coviu-react/server";
import { type User, userOf } from "./login";
const rule = ownSessions({ seesAll: (user: User) => user.role === "reception" });
const apiKey = () => process.env["COVIU_KEY"] ?? "";
const apiSecret = () => process.env["COVIU_SECRET"] ?? "";
export const coviu = createCoviuProxy({ apiKey, apiSecret, baseUrl: process.env["COVIU_API"], authenticate: userOf, mount: `${process.env.NEXT_PUBLIC_BASE ?? ""}/api/coviu`, ...rule });
