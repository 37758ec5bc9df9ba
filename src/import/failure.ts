/** What a recording that could not be imported costs: one line about that file. */
import { CtraceError } from "../core/errors.ts";

export interface Failure {
	readonly file: string;
	readonly reason: string;
	readonly hint?: string;
}

const REASONS: Readonly<Record<string, string>> = {
	ENOENT: "there is no such file",
	EACCES: "it may not be read",
	EPERM: "it may not be read",
	EIO: "the disk cannot read it",
};

export function describeFailure(file: string, error: unknown): Failure {
	if (error instanceof CtraceError) {
		const { message, hint } = error;
		return { file, reason: message, ...(hint === undefined ? {} : { hint }) };
	}
	if (error instanceof Error && "code" in error && typeof error.code === "string")
		return { file, reason: REASONS[error.code] ?? `it cannot be read (${error.code})` };
	// What is said of a mistake of our own must not repeat what was recorded.
	const name = error instanceof Error ? error.name : "error";
	return { file, reason: `ctrace made a mistake of its own over it (${name})` };
}

/** Whether going on with the next file makes sense: a full disk or a broken database hits them all. */
export function isOfThisFile(error: unknown): boolean {
	return !(error instanceof CtraceError) || error.code === "input" || error.code === "masking";
}
