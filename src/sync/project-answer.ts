/** What the project answered to a call, or why it did not. */
import { CtraceError } from "../core/errors.ts";

interface Answer {
	readonly data: unknown;
	readonly error: { readonly message: string; readonly hint?: string | null; readonly code?: string } | null;
	readonly status: number;
}

const OWN_WORDS = /^PT\d{3}$/;

/** What our own functions say is meant for people; anything else is put in words of ours. */
export function check({ data, error, status }: Answer): unknown {
	if (error === null) return data;
	if (status === 0) throw new CtraceError("offline", "the project cannot be reached", { retryable: true });
	if (status === 401)
		throw new CtraceError("signed-out", "you are not signed in any more", {
			hint: "Sign in: ctrace login EMAIL",
		});
	if (OWN_WORDS.test(error.code ?? ""))
		throw new CtraceError(
			"remote",
			error.message,
			typeof error.hint === "string" ? { hint: error.hint } : {},
		);
	throw new CtraceError(
		"remote",
		`the project refused (answer ${status}${error.code ? `, ${error.code}` : ""})`,
		{
			hint: "Does it have what this version needs? ctrace supabase check",
		},
	);
}
