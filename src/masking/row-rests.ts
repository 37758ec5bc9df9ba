/**
 * A row that is nothing but the end of what is known of a secret, its beginning gone from the screen: the rows below may
 * be the rest of it, which came later.
 */
import type { Range } from "./finding.ts";
import { FRAME } from "./frame-characters.ts";
import { meanSurprise } from "./surprise.ts";

/** Less than this is no row's worth. */
const NARROWEST = 10;
const SHORTEST_REST = 4;
/** No secret that is broken over rows has more of them, but keys in armour, which are known by their form. */
const MOST_ROWS = 60;
/** Bits a letter pair, see `meanSurprise`: words lie below. */
const WORDLIKE = 5;

/** `piece` is where the secret's known end stands. Empty where it is not alone on its row, or what follows is known already. */
export function restsBelow(text: string, piece: Range, isKnown: (word: string) => boolean): readonly Range[] {
	const row = contentOf(text, piece.start);
	const width = row.end - row.start;
	if (row.start !== piece.start || row.end !== piece.end || width < NARROWEST) return [];
	const rests: Range[] = [];
	let next = below(text, row);
	for (let rows = 0; next !== undefined && rows < MOST_ROWS; rows += 1) {
		const rest = { start: next.start, end: wordEnd(text, next) };
		const length = rest.end - rest.start;
		const word = text.slice(rest.start, rest.end);
		if (length > width || !isTokens(word) || isKnown(word)) break;
		rests.push(rest);
		if (length < width || rest.end !== next.end) break;
		next = below(text, next);
	}
	return rests;
}

function isTokens(word: string): boolean {
	return word.length >= SHORTEST_REST && (/\d/.test(word) || meanSurprise(word) >= WORDLIKE);
}

/** Of the row in which an offset lies, what stands inside its frame. */
function contentOf(text: string, offset: number): Range {
	let start = text.lastIndexOf("\n", offset - 1) + 1;
	const newline = text.indexOf("\n", start);
	let end = newline === -1 ? text.length : newline;
	while (end > start && FRAME[text.charCodeAt(end - 1)] === 1) end -= 1;
	while (start < end && FRAME[text.charCodeAt(start)] === 1) start += 1;
	return { start, end };
}

function below(text: string, { end }: Range): Range | undefined {
	const newline = text.indexOf("\n", end);
	if (newline === -1 || newline + 1 >= text.length) return undefined;
	return contentOf(text, newline + 1);
}

function wordEnd(text: string, { start, end }: Range): number {
	let at = start;
	while (at < end && FRAME[text.charCodeAt(at)] !== 1) at += 1;
	return at;
}
