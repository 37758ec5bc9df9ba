/** What is seen of a text with colours in it: the escape sequences left out. */
import type { Range } from "../finding.ts";
import type { Reading } from "../reading.ts";
import { plainView, type View } from "./view.ts";

/** Its single characters are what `SIGNS.hidden` tells of. */
const HIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b-\u200d\u2060\ufeff\ufffd]/;
const ESCAPE = new RegExp(`\\u001b(?:\\[[0-?]*[ -/]*[@-~]|[ -/]*[0-~])|${HIDDEN.source}`, "g");
/** Nothing but escape sequences is hidden in most coloured texts; these are found without looking at the rest. */
const HIDDEN_ALONE = new RegExp(HIDDEN.source.replace("\\u001f", "\\u001a\\u001c-\\u001f"));
const ESCAPE_SIGN = "\u001b";

/** Escapes, and characters of no width: nobody sees them, and between two letters they would hide a secret. */
export function visibleView(reading: Reading): View {
	const { text } = reading;
	if (!reading.has("hidden")) return plainView(text);
	let shifts: Shifts | undefined;
	return {
		text: text.replace(ESCAPE, ""),
		locate(range) {
			shifts ??= new Shifts(text); // most texts hold no secret: then nobody asks where anything lay
			return [shifts.locate(range)];
		},
	};
}

/** How far the shown text was pushed along by what is hidden before it. */
class Shifts {
	/** Where shown text begins again behind something hidden: in the view, and in the original. */
	readonly #shown: readonly number[];
	readonly #original: readonly number[];

	constructor(text: string) {
		const shown = [0];
		const original = [0];
		const next = HIDDEN_ALONE.test(text) ? nextHidden : nextEscape;
		let hidden = 0;
		for (let at = next(text, 0); at !== -1; ) {
			const end = escapeEnd(text, at);
			hidden += end - at;
			shown.push(end - hidden);
			original.push(end);
			at = next(text, end);
		}
		this.#shown = shown;
		this.#original = original;
	}

	/** What is hidden between two shown characters goes with them. */
	locate({ start, end }: Range): Range {
		return { start: this.#originalOf(start), end: this.#originalOf(end - 1) + 1 };
	}

	#originalOf(offset: number): number {
		let low = 0;
		let high = this.#shown.length - 1;
		while (low < high) {
			const middle = (low + high + 1) >>> 1;
			if ((this.#shown[middle] ?? 0) <= offset) low = middle;
			else high = middle - 1;
		}
		return (this.#original[low] ?? 0) + offset - (this.#shown[low] ?? 0);
	}
}

function nextEscape(text: string, from: number): number {
	return text.indexOf(ESCAPE_SIGN, from);
}

function nextHidden(text: string, from: number): number {
	ESCAPE.lastIndex = from;
	return ESCAPE.exec(text)?.index ?? -1;
}

/** As `ESCAPE`, at a hidden character. */
function escapeEnd(text: string, at: number): number {
	if (text[at] !== "\u001b") return at + 1;
	if (text[at + 1] === "[") {
		const parameters = skip(text, at + 2, 0x30, 0x3f);
		const final = skip(text, parameters, 0x20, 0x2f);
		if (isBetween(text.charCodeAt(final), 0x40, 0x7e)) return final + 1;
	}
	const final = skip(text, at + 1, 0x20, 0x2f);
	return isBetween(text.charCodeAt(final), 0x30, 0x7e) ? final + 1 : at + 1;
}

function skip(text: string, from: number, first: number, last: number): number {
	let at = from;
	while (isBetween(text.charCodeAt(at), first, last)) at += 1;
	return at;
}

function isBetween(code: number, first: number, last: number): boolean {
	return code >= first && code <= last;
}
