import type { UnitResponse } from "../api/schemas.ts";
import { CoviuError } from "../api/errors.ts";

/**
 * Takes the error of a cancel or a removal that found nothing as success: somebody else was faster.
 *
 * @throws unknown Any other error, as it is.
 */
export function goneBefore(error: unknown): UnitResponse & { already: true } {
  if (CoviuError.is(error) && error.code === "not_found") return { ok: true, already: true };
  throw error;
}
