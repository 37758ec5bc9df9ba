/** What went wrong, from the user's side. One code a cause that somebody may want to act on. */
export type ErrorCode =
	| "usage"
	| "not-found"
	| "ambiguous"
	| "config"
	| "store-foreign"
	| "store-damaged"
	| "store-newer"
	| "store-busy"
	| "disk-full"
	| "permission"
	| "patterns"
	| "masking"
	| "recorder"
	| "spawn"
	| "input"
	| "offline"
	| "signed-out"
	| "remote"
	| "internal";

export interface ErrorFacts {
	/** The command or step that mends it, said to the user. */
	readonly hint?: string;
	readonly retryable?: boolean;
	readonly cause?: unknown;
}

/** The one error class: cause kept, hint for the user, and its own verdict whether to try again. */
export class CtraceError extends Error {
	readonly code: ErrorCode;
	readonly hint: string | undefined;
	readonly retryable: boolean;

	constructor(code: ErrorCode, message: string, facts: ErrorFacts = {}) {
		super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
		this.name = "CtraceError";
		this.code = code;
		this.hint = facts.hint;
		this.retryable = facts.retryable ?? false;
	}
}
