/** A narrow window breaks words, too. Most are only words; these say that a secret follows, and an address may hold one. */
import { characterSet } from "../token-runs.ts";

const TELLING_WORD =
	/^(?:authorization|bearer|basic|password|passwd|passphrase|secret|token|credentials?|api[_-]?key|[\w-]{1,30}[_-](?:key|token|secret|password))[:=]?$/i;
const IN_ADDRESS = /:\/\/\S{0,80}$/;
/** The value of such a name may have begun before the row was full. */
const IN_VALUE =
	/(?:key|token|secret|passw(?:or)?d|auth|credentials?)["'`\])]{0,2} ?(?:[=:]|=>) ?["'`]?[^\s"'`,;]{1,60}$/i;
const HAS_SIGN = /[=:][^=:]{0,63}$/;
/** What such a word begins with, or holds: most words are told apart by it. */
const MAY_TELL = /^[abcpst]|[_-]/i;
const WORD = characterSet(/[\w-]/);
const LONGEST_WORD = 40;
const REACH = 100;

/** Whether the end of one row and the beginning of the next are such a word, or an address, put together. */
export function breaksTellingWord(text: string, left: number, right: number): boolean {
	const row = text.slice(Math.max(0, left - REACH), left);
	if (row.includes("://") && IN_ADDRESS.test(row)) return true;
	if (HAS_SIGN.test(row) && IN_VALUE.test(row)) return true;
	let start = left;
	while (left - start < LONGEST_WORD && WORD[text.charCodeAt(start - 1)] === 1) start -= 1;
	if (start === left || !MAY_TELL.test(text.slice(start, left))) return false;
	let end = right;
	while (end - right < LONGEST_WORD && WORD[text.charCodeAt(end)] === 1) end += 1;
	if (end === right && !isSign(text, right)) return false;
	const sign = isSign(text, end) ? text[end] : "";
	return TELLING_WORD.test(text.slice(start, left) + text.slice(right, end) + sign);
}

/** A name may have ended its row, and what gives it a value begins the next one. */
function isSign(text: string, at: number): boolean {
	return text[at] === ":" || text[at] === "=";
}

/** `"d":"`, `"d` and `"d":` at a window's edge: the value, or the mark that opens it or closes its name, is on the next row. */
export function isQuoteBroken(text: string, left: number, right: number): boolean {
	if (isMark(text, left - 1)) {
		if (isSign(text, right)) return true;
		return !isMark(text, right) && OPENING.test(text.slice(Math.max(0, left - 6), left));
	}
	const next = text.slice(right, right + 8);
	if (!isMark(text, right)) return isMark(text, left - 2) && SHORT_NAME.test(next);
	return isSign(text, left - 1) || (WORD[text.charCodeAt(left - 1)] === 1 && CLOSING.test(next));
}

const OPENING = /[:,{[(=] ?\\{0,4}["']$/;
const CLOSING = /^["'] ?:/;
/** The second letter of `"dq":`. */
const SHORT_NAME = /^\w\\{0,4}["'] ?:/;

function isMark(text: string, at: number): boolean {
	return text[at] === '"' || text[at] === "'";
}
