/**
 * A token whose beginning tells its maker, and that is too short to be whole: what `head -c 20` leaves of it, or a narrow
 * column. Too little to be used, and yet eight characters in a row of a secret.
 */
import type { Finding } from "./finding.ts";
import type { Keyword } from "./keyword-index.ts";
import type { Reading } from "./reading.ts";
import { meanSurprise } from "./surprise.ts";
import { TOKEN_CHARACTERS } from "./token-runs.ts";
import { isDismissed, isHex, isJoinedName } from "./value-shape.ts";

/** Shorter beginnings stand in names, too. */
const SHORTEST_PREFIX = 3;
/** Less than this of a secret tells nothing; longer than this the maker's rule would have known it. */
const SHORTEST_REST = 8;
const LONGEST_REST = 40;
/** Given to a name that says secret it is one from here on: a window too narrow for the rest leaves as little. */
const SHORTEST_GIVEN = 3;
const GIVEN_TO_SECRET =
	/(?:key|token|secret|pass(?:w(?:or)?d)?|auth|credentials?)["'`\])]{0,2}[ \t]{0,2}(?:[:=]|=>)[ \t]{0,2}["'`]?$/i;
const GIVEN = /[\w"'`\])][ \t]{0,2}(?:[:=]|=>)[ \t]{0,2}["'`]?$/;
const GIVEN_REACH = 48;
/** `rk_live_`, `glpat-`: no word begins so. */
const TELLING_PREFIX = 6;
/** What people write for the rest of a token that they do not show. */
const WORD = /^(?:x+|\*+|\.+|your.*|key|token|secret|here|test|live|example|abc.*|123.*)$/i;
const REST = /^[A-Za-z0-9_-]+$/;
/** Fewer figures in hexadecimal are a number. */
const SHORTEST_HEX = 10;
/** Bits a letter pair, see `meanSurprise`: words lie below. */
const WORDLIKE = 5.2;

/** What stands at a keyword with which only tokens begin. */
export function cutTokenAt(
	{ text, codes }: Pick<Reading, "text" | "codes">,
	keyword: Pick<Keyword, "text" | "exact">,
	start: number,
): Finding | undefined {
	const prefix = keyword.exact ?? keyword.text;
	if (prefix.length < SHORTEST_PREFIX || !/[A-Z_-]$|[A-Z]/.test(prefix)) return undefined;
	const from = start + prefix.length;
	// No further than it has to be known: a flood of beginnings would be read again from each of them.
	const most = from + LONGEST_REST + 1;
	let end = from;
	while (end < most && TOKEN_CHARACTERS[codes[end] as number] === 1) end += 1;
	if (end - from < SHORTEST_GIVEN || end === most) return undefined;
	const rest = text.slice(from, end);
	const isCut =
		rest.length < SHORTEST_REST ? isGiven(text, start, prefix) && !WORD.test(rest) : isTelling(rest);
	return isCut
		? { ruleId: "cut-token", level: "LOW", start, end, secret: text.slice(start, end) }
		: undefined;
}

function isTelling(rest: string): boolean {
	const isMixed = REST.test(rest) && /\d\D*\d/.test(rest) && /[A-Za-z].*[A-Za-z]/.test(rest);
	if (!isMixed || isDismissed(rest) || isJoinedName(`a_${rest}`)) return false;
	return isHex(rest) ? rest.length >= SHORTEST_HEX : meanSurprise(rest) >= WORDLIKE;
}

/** Behind a name and an equals sign or a colon; a prefix that is short, as words may begin, behind a name that says secret. */
function isGiven(text: string, start: number, prefix: string): boolean {
	const given = prefix.length >= TELLING_PREFIX ? GIVEN : GIVEN_TO_SECRET;
	return given.test(text.slice(Math.max(0, start - GIVEN_REACH), start));
}
