/** What an answer that is no success means for what was sent. Pure. */

/** The parts of a failed answer that hold no content. */
export interface Failure {
	/** Of HTTP; 0: no answer came. */
	readonly status: number;
	/** SQLSTATE of PostgreSQL or `PGRST…` of PostgREST; absent when something in between answered. */
	readonly code?: string;
	/** It was the rule about who may write what, not a missing grant. */
	readonly isRowRule?: boolean;
}

/**
 * `retry`: nothing is wrong with what was sent, later it will do · `sign-in`: whoever sent it is not known any more ·
 * `schema`: the project lacks what this version needs · `split`: too much at once · `reject`: something in it will never do.
 */
export type Verdict = "retry" | "sign-in" | "schema" | "split" | "reject";

/** Missing tables, columns, functions, constraints and grants. */
const SCHEMA_CODES: ReadonlySet<string> = new Set([
	"42P01",
	"42703",
	"42883",
	"42P10",
	"PGRST200",
	"PGRST202",
	"PGRST204",
	"PGRST205",
]);
const TOKEN_CODES: ReadonlySet<string> = new Set(["PGRST300", "PGRST301", "PGRST302", "PGRST303"]);
const STATEMENT_TIMEOUT = "57014";
const NOT_PERMITTED = "42501";
const UNREADABLE = "PGRST102";
/** Data, constraints, limits, raised by a function, and a mistake inside the server that this very row calls forth. */
const ABOUT_THE_DATA = /^(?:22|23|54|P0|PT|XX)/;
const SQLSTATE = /^[0-9A-Z]{5}$/;

export function verdictOf({ status, code = "", isRowRule }: Failure): Verdict {
	if (status === 413) return "split";
	if (status === 401 || TOKEN_CODES.has(code)) return "sign-in";
	if (SCHEMA_CODES.has(code)) return "schema";
	if (code === NOT_PERMITTED) return isRowRule === true ? "reject" : "schema";
	if (code === STATEMENT_TIMEOUT) return "split";
	if (code === UNREADABLE || (SQLSTATE.test(code) && ABOUT_THE_DATA.test(code))) return "reject";
	return "retry"; // the network, a limit, a server that restarts, a gateway that says no for reasons of its own
}

/** For the person; nothing of what was sent is in it. */
export function describeFailure({ status, code }: Failure): string {
	if (status === 0) return "the project cannot be reached";
	const known = code === undefined ? undefined : DESCRIPTIONS[code];
	const answer = code === undefined ? `answer ${status}` : `answer ${status}, ${code}`;
	if (known !== undefined) return `${known} (${answer})`;
	if (status === 429) return `the project asks for a pause (${answer})`;
	return status >= 500 ? `the project is in trouble (${answer})` : `the project refused (${answer})`;
}

const DESCRIPTIONS: Readonly<Record<string, string>> = {
	"22P05": "a text holds a character that the database cannot keep",
	"23502": "a value is missing",
	"23503": "what it belongs to is not there",
	"42501": "this account may not write it: is it still a contributing member of the team it shares with?",
	"57014": "the database took too long",
	PGRST102: "a text is not well-formed",
};
