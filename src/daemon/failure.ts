/** A failure as the daemon may speak of it: a code and a place in ctrace's own files, never a message. Pure. */
import { CtraceError } from "../core/errors.ts";

export interface FailureFacts {
	readonly code: string;
	readonly kind?: string;
	readonly where?: string;
}

const OWN_FRAME = /([A-Za-z0-9-]+\.[cm]?js:\d+:\d+)\)?$/;

/** Messages may quote what they failed on: a path, a setting, a line of somebody's session. They are left out. */
export function describeFailure(error: unknown): FailureFacts {
	const where = placeOf(error);
	return {
		code: codeOf(error),
		...(error instanceof Error ? { kind: error.name } : {}),
		...(where === undefined ? {} : { where }),
	};
}

function codeOf(error: unknown): string {
	if (error instanceof CtraceError) return error.code;
	if (error instanceof Error && "code" in error && typeof error.code === "string") return error.code;
	return "internal";
}

/** The innermost frame of the stack that lies in a file. */
function placeOf(error: unknown): string | undefined {
	if (!(error instanceof Error) || error.stack === undefined) return undefined;
	for (const line of error.stack.split("\n")) {
		const frame = line.startsWith("    at ") && !line.includes("node:") ? OWN_FRAME.exec(line) : null;
		if (frame?.[1] !== undefined) return frame[1];
	}
	return undefined;
}
