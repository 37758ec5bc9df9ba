/** Why git did not do what it was asked. */
import { CtraceError } from "../../core/errors.ts";

/** A failure's own words may hold an address with a name and password in it: they are never passed on whole. */
export class GitFailure extends CtraceError {
	readonly kind: GitFailureKind;

	constructor(kind: GitFailureKind, message: string, hint: string | undefined) {
		super(kind === "offline" ? "offline" : kind === "disk-full" ? "disk-full" : "remote", message, {
			...(hint === undefined ? {} : { hint }),
			retryable: kind === "offline" || kind === "behind" || kind === "busy",
		});
		this.kind = kind;
	}
}

export type GitFailureKind =
	| "behind"
	| "busy"
	| "denied"
	| "protected"
	| "missing"
	| "offline"
	| "remote-full"
	| "too-large"
	| "disk-full"
	| "no-git"
	| "other";
