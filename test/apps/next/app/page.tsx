import { Sessions } from "./sessions";

export default function Home() {
  return <Sessions />;
}
