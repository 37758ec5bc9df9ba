/** What failed at the project, in the words of an error that says what to do. */
import { CtraceError } from "../core/errors.ts";
import { RemoteFailure } from "./remote.ts";

/** A failure of the remote side, with what can be done about it. */
export async function explained<T>(work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		throw error instanceof RemoteFailure ? explain(error) : error;
	}
}

export function explain(error: RemoteFailure): CtraceError {
	switch (error.verdict) {
		case "sign-in":
			return new CtraceError("signed-out", error.message, {
				hint: "Sign in again: ctrace login EMAIL",
				cause: error,
			});
		case "schema":
			return new CtraceError("remote", error.message, {
				hint: "See what the project lacks: ctrace supabase check",
				cause: error,
			});
		case "retry":
			return new CtraceError("offline", error.message, { retryable: true, cause: error });
		default:
			return new CtraceError("remote", error.message, { cause: error });
	}
}
