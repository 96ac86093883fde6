import { createCoviuProxy, ownSessions } from "coviu-react/server";
import { type User, userOf } from "./login";
const rule = ownSessions({ seesAll: (user: User) => user.role === "reception" });
const keys = { apiKey: () => process.env["COVIU_KEY"] ?? "", apiSecret: () => process.env["COVIU_SECRET"] ?? "" };
export const coviu = createCoviuProxy({ ...keys, baseUrl: process.env["COVIU_API"], authenticate: userOf, ...rule });
