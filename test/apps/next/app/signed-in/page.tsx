import { cookies } from "next/headers";
import { Suspense } from "react";
import { Desk } from "./Desk";

export default function SignedIn() {
  return (
    <Suspense>
      <DeskOfUser />
    </Suspense>
  );
}

async function DeskOfUser() {
  const id = (await cookies()).get("user")?.value ?? "";
  return <Desk user={{ id, name: "Rae Lin" }} />;
}
