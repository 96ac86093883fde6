// Stands for the login of the app.
export interface User { id: string; role: string }

export const userOf = (request: Request): User | undefined =>
  request.headers.get("cookie")?.includes("user=reception") ? { id: "reception", role: "reception" } : undefined;
