import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

// A read is tried three times with pauses before it fails, and machines have other work.
configure({ asyncUtilTimeout: 10_000 });
afterEach(cleanup);
