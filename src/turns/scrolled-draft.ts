/**
 * A box that is too small for what stands in it shows a part of that, and says how many rows are above. The rest is known from
 * the keys, or from the pictures before.
 */
import type { Draft } from "./input-box.ts";
import type { Typed } from "./typing.ts";
import { isBlankCode } from "./words.ts";

/** Characters, without blanks, by which a part is found in what was known before. */
const ANCHOR_CHARS = 24;

export class ScrolledDraft {
	#before: Draft | undefined;
	/** What stood in the box then, as far as it is known. */
	#whole = "";

	/** All of what stands in the box. `text`: the line, as far as the keys tell it. */
	whole(draft: Draft | undefined, { text: typed }: Typed): string | undefined {
		if (draft !== undefined && draft !== this.#before) {
			this.#whole = draft.above === 0 ? draft.text : this.#pieced(draft, typed);
			this.#before = draft;
		}
		return draft && this.#whole;
	}

	#pieced(draft: Draft, typed: string | undefined): string {
		const shown = withoutBlanks(draft.text);
		if (typed !== undefined && withoutBlanks(typed).includes(shown)) return typed;
		const before = this.#before;
		if (before?.above === draft.above && isChanged(before.text, draft.text))
			return this.#whole.slice(0, -before.text.length) + draft.text;
		const at = placeIn(withoutBlanks(this.#whole), shown);
		return at === undefined ? draft.text : this.#whole.slice(0, offsetOf(this.#whole, at)) + draft.text;
	}
}

/** The one text is the other with a change in it: they begin or end alike. */
function isChanged(before: string, after: string): boolean {
	return (
		before.slice(0, ANCHOR_CHARS) === after.slice(0, ANCHOR_CHARS) ||
		before.slice(-ANCHOR_CHARS) === after.slice(-ANCHOR_CHARS)
	);
}

/** Where the part begins: of the places that begin as it does, the one from which on most is the same. */
function placeIn(known: string, shown: string): number | undefined {
	const anchor = shown.slice(0, ANCHOR_CHARS);
	let best: number | undefined;
	let longest = 0;
	for (let at = known.indexOf(anchor); at >= 0; at = known.indexOf(anchor, at + 1)) {
		const length = commonLength(known, at, shown);
		if (length <= longest) continue;
		best = at;
		longest = length;
	}
	return best;
}

function commonLength(known: string, from: number, shown: string): number {
	let length = 0;
	while (length < shown.length && known[from + length] === shown[length]) length++;
	return length;
}

/** A box wraps what stands in it. */
export function withoutBlanks(text: string): string {
	return text.replace(/\s+/gu, "");
}

/** Where in the text the character stands that is the `count`th without blanks. */
function offsetOf(text: string, count: number): number {
	let left = count;
	for (let at = 0; at < text.length; at++) {
		if (isBlankCode(text.charCodeAt(at))) continue;
		if (left === 0) return at;
		left--;
	}
	return text.length;
}
