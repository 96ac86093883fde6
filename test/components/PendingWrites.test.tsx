import { describe } from "vitest";

import { PendingWrites } from "../../src/components/PendingWrites/PendingWrites.tsx";
import { conforms } from "../conformance.tsx";

describe("PendingWrites", () => {
  conforms<HTMLDivElement>((props) => <PendingWrites {...props} />);
});
