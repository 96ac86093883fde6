import { ownSessions } from "../../src/server/index.ts";

export interface User {
  id: string;
  role: "clinician" | "reception";
}

export const users: Record<string, User> = {
  chen: { id: "clinician-chen", role: "clinician" },
  okafor: { id: "clinician-okafor", role: "clinician" },
  desk: { id: "desk", role: "reception" },
};

export const credentials = { apiKey: "sandbox-key", apiSecret: "sandbox-secret" };
export const origin = "https://clinic.example";
/** Clinicians have access to their own sessions, reception to all. */
export const rule = ownSessions<User>({ seesAll: ({ role }) => role === "reception" });

/** Identifies the user by a cookie. */
export const authenticate = ({ headers }: Request) => users[/user=(\w+)/.exec(headers.get("cookie") ?? "")?.[1] ?? ""];
