// Example of the app's sign-in.
export interface User { id: string; role: string }

export const userOf = (request: Request): User | undefined =>
  request.headers.get("cookie")?.includes("user=reception") ? { id: "reception", role: "reception" } : undefined;
