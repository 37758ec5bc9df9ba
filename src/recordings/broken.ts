import { CtraceError } from "../core/errors.ts";

/** The one error of a recording that cannot be read: what is wrong, and where. */
export function broken(reason: string, hint?: string): CtraceError {
	return new CtraceError("input", reason, hint === undefined ? {} : { hint });
}
