/** The one place where an error becomes text, and an exit code. */
import { CtraceError } from "../core/errors.ts";

const USAGE_EXIT = 2;
const FAILURE_EXIT = 1;
/** What was wanted is there already: the daemon's own process says the same. */
const ALREADY_RUNS_EXIT = 4;

/** `ctrace: message`, and the hint under it. A failure nobody foresaw shows where it came from. */
export function renderError(error: unknown): string {
	if (error instanceof CtraceError)
		return error.hint === undefined
			? `ctrace: ${error.message}\n`
			: `ctrace: ${error.message}\n${error.hint}\n`;
	const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
	return `ctrace: something went wrong that should not have\n${detail}\n`;
}

export function exitCodeOf(error: unknown): number {
	if (!(error instanceof CtraceError)) return FAILURE_EXIT;
	if (error.code === "daemon-runs") return ALREADY_RUNS_EXIT;
	return error.code === "usage" ? USAGE_EXIT : FAILURE_EXIT;
}
