/** A narrow window breaks words, too. Most are only words; these say that a secret follows, and an address may hold one. */
import { characterSet } from "../token-runs.ts";

const TELLING_WORD =
	/^(?:authorization|bearer|basic|password|passwd|passphrase|secret|token|credentials?|api[_-]?key|[\w-]{1,30}[_-](?:key|token|secret|password))[:=]?$/i;
const IN_ADDRESS = /:\/\/\S{0,80}$/;
/** What such a word begins with, or holds: most words are told apart by it. */
const MAY_TELL = /^[abcpst]|[_-]/i;
const WORD = characterSet(/[\w-]/);
const LONGEST_WORD = 40;
const REACH = 100;

/** Whether the end of one row and the beginning of the next are such a word, or an address, put together. */
export function breaksTellingWord(text: string, left: number, right: number): boolean {
	const row = text.slice(Math.max(0, left - REACH), left);
	if (row.includes("://") && IN_ADDRESS.test(row)) return true;
	let start = left;
	while (left - start < LONGEST_WORD && WORD[text.charCodeAt(start - 1)] === 1) start -= 1;
	if (start === left || !MAY_TELL.test(text.slice(start, left))) return false;
	let end = right;
	while (end - right < LONGEST_WORD && WORD[text.charCodeAt(end)] === 1) end += 1;
	if (end === right) return false;
	const sign = text[end] === ":" || text[end] === "=" ? text[end] : "";
	return TELLING_WORD.test(text.slice(start, left) + text.slice(right, end) + sign);
}
