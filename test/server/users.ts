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
/** Clinicians have their own sessions, reception has all. */
export const rule = ownSessions<User>({ seesAll: ({ role }) => role === "reception" });

/** Who is signed in, as a cookie says. */
export const authenticate = ({ headers }: Request) => users[/user=(\w+)/.exec(headers.get("cookie") ?? "")?.[1] ?? ""];
