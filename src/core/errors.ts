/** What went wrong, from the user's side. One code a cause that somebody may want to act on. */
export const ERROR_CODES = [
	"usage",
	"not-found",
	"ambiguous",
	"config",
	"store-foreign",
	"store-damaged",
	"store-newer",
	"store-busy",
	"store-encrypted",
	"disk-full",
	"permission",
	"patterns",
	"masking",
	"recorder",
	"daemon",
	"daemon-runs",
	"spawn",
	"input",
	"offline",
	"signed-out",
	"remote",
	"backup",
	"model-answer",
	"model-refused",
	"internal",
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

export function isErrorCode(text: string): text is ErrorCode {
	return ERROR_CODES.some((code) => code === text);
}

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
