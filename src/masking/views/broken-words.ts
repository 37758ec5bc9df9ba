/** A narrow window breaks words, too. Most are only words; these say that a secret follows, and an address may hold one. */

const TELLING_WORD =
	/^(?:authorization|bearer|basic|password|passwd|passphrase|secret|token|credentials?|api[_-]?key|[\w-]{1,30}[_-](?:key|token|secret|password))[:=]?$/i;
const IN_ADDRESS = /:\/\/\S{0,80}$/;
/** What such a word begins with, or holds: most words are told apart by it. */
const MAY_TELL = /^[abcpst]|[_-]/i;
const BEFORE = /[\w-]{1,40}$/;
const AFTER = /^[\w-]{1,40}[:=]?/;
const REACH = 100;

/** Whether the end of one row and the beginning of the next are such a word, or an address, put together. */
export function breaksTellingWord(text: string, left: number, right: number): boolean {
	const row = text.slice(Math.max(0, left - REACH), left);
	if (row.includes("://") && IN_ADDRESS.test(row)) return true;
	const before = BEFORE.exec(row)?.[0];
	if (before === undefined || !MAY_TELL.test(before)) return false;
	const after = AFTER.exec(text.slice(right, right + REACH))?.[0];
	return after !== undefined && TELLING_WORD.test(before + after);
}
