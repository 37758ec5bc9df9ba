/** What went wrong with a request, as the API says it. */
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type * as z from "zod";
import { CtraceError, type ErrorCode } from "../../core/errors.ts";
import type { ApiError, ApiErrorCode } from "../api/basics.ts";

const STATUS: Readonly<Record<ApiErrorCode, ContentfulStatusCode>> = {
	input: 400,
	unauthorized: 401,
	forbidden: 403,
	"not-found": 404,
	"not-there-yet": 404,
	busy: 503,
	"signed-out": 409,
	offline: 502,
	"not-possible": 409,
	internal: 500,
};

interface FailureFacts {
	readonly hint?: string;
	readonly fields?: readonly { readonly name: string; readonly message: string }[];
}

export class ApiFailure extends Error {
	readonly code: ApiErrorCode;
	readonly facts: FailureFacts;

	constructor(code: ApiErrorCode, message: string, facts: FailureFacts = {}) {
		super(message);
		this.code = code;
		this.facts = facts;
	}
}

/** What the stages say, in the API's words. */
const OF_OURS: Partial<Readonly<Record<ErrorCode, ApiErrorCode>>> = {
	usage: "input",
	"not-found": "not-found",
	ambiguous: "input",
	"store-busy": "busy",
	offline: "offline",
	"signed-out": "signed-out",
	config: "not-possible",
	remote: "offline",
};

export interface FailureAnswer {
	readonly status: ContentfulStatusCode;
	readonly body: ApiError;
}

/** A failure that nobody foresaw says so, and nothing of what it was about. */
export function failureAnswer(error: unknown): FailureAnswer {
	if (error instanceof ApiFailure) return answer(error.code, error.message, error.facts);
	if (error instanceof CtraceError)
		return answer(
			OF_OURS[error.code] ?? "internal",
			error.message,
			error.hint === undefined ? {} : { hint: error.hint },
		);
	return answer("internal", "something went wrong that should not have", {
		hint: "See whether all is well: ctrace doctor",
	});
}

function answer(code: ApiErrorCode, message: string, facts: FailureFacts): FailureAnswer {
	return { status: STATUS[code], body: { error: { code, message, ...facts } } };
}

export function inputFailure(issues: readonly z.core.$ZodIssue[]): ApiFailure {
	const fields = issues.flatMap((issue) => {
		const names = issue.code === "unrecognized_keys" ? issue.keys : [String(issue.path[0] ?? "")];
		const message = issue.code === "unrecognized_keys" ? "there is no such input" : issue.message;
		return names.map((name) => ({ name, message }));
	});
	const [first] = fields;
	const name = first === undefined || first.name === "" ? "the input" : first.name;
	return new ApiFailure("input", `${name}: ${first?.message ?? "it is wrong"}`, { fields });
}
