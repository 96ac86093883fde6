import { CoviuError } from "../../api/errors.ts";
import type { IdempotentWrite, WriteResult } from "../proxy/idempotentWrites.ts";

/** A write that is validated as far as possible without the service. */
export type OperationWrite = Pick<IdempotentWrite, "lockName" | "send" | "confirm" | "reread">;

/** Result of a cancel or a removal. Further fields of the service's response are left out. */
export function okResult(): WriteResult {
  return { id: undefined, body: { ok: true } };
}

/** Confirms a cancel or a removal: a record that is not found is canceled or removed. Other errors are thrown again. */
export function okIfNotFound(error: unknown): WriteResult {
  if (CoviuError.is(error) && error.code === "not_found") return okResult();
  throw error;
}

/** Finds the first row that matches. Rows are checked in sequence: checking a row may claim its id. */
export async function findInSequence<Row>(
  rows: readonly Row[],
  matches: (row: Row) => Promise<boolean>,
): Promise<Row | undefined> {
  for (const row of rows) {
    // oxlint-disable-next-line no-await-in-loop
    if (await matches(row)) return row;
  }
  return undefined;
}
