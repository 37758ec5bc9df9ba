/**
 * A program that wraps its output by itself cuts a long token anywhere, and whoever puts its rows together again may
 * take the cut for a blank between two words. So a word without any likeness to words goes with the secret before it.
 */
import type { Finding, Located } from "./finding.ts";
import { meanSurprise } from "./surprise.ts";

/** Shorter secrets fit into any window. */
const SHORTEST_CUT = 16;
/** Less than this of a secret tells nothing; more than this is a secret of its own. */
const REST = /^ ([A-Za-z0-9_+/=.~-]{8,200})(?=[\s"'`,;)\]}]|$)/;
const LOOKED_AT = 210;
/** Bits a letter pair, see `meanSurprise`: words lie below. */
const WORDLIKE = 5;

/** What follows the findings on the other side of a blank, as findings. */
export function findCutRests(text: string, located: readonly Located[]): Located[] {
	return located.flatMap(({ finding, pieces }) => {
		const last = pieces.at(-1);
		if (last === undefined || !isToken(finding)) return [];
		const rest = REST.exec(text.slice(last.end, last.end + LOOKED_AT))?.[1];
		if (rest === undefined || !/\d/.test(rest) || meanSurprise(rest) < WORDLIKE) return [];
		const start = last.end + 1;
		const found = { ...finding, start, end: start + rest.length, secret: rest };
		return [{ finding: found, pieces: [{ start, end: found.end }] }];
	});
}

function isToken({ secret, replacement }: Finding): boolean {
	return replacement === undefined && secret.length >= SHORTEST_CUT && !/\s/.test(secret);
}
