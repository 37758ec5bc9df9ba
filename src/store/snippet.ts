/** The stretch of a text that shows best why it was found. Pure. */
import type { HighlightRange, Snippet } from "./store.ts";
import type { Phrase, Word } from "./words.ts";
import { wordsOf } from "./words.ts";

/** Two or three lines of a terminal: enough to recognise the place. */
const SNIPPET_CHARS = 200;
/** What stands before the first match, so that it does not hang in the air. */
const LEAD_CHARS = 50;

interface Match {
	readonly phrase: number;
	readonly start: number;
	readonly end: number;
}

/** The best snippet from the texts of one item. */
export function bestSnippet(texts: readonly string[], phrases: readonly Phrase[]): Snippet {
	const candidates = texts.map((text) => ({ text, matches: findMatches(text, phrases) }));
	const best = candidates.reduce((a, b) => (countPhrases(b.matches) > countPhrases(a.matches) ? b : a));
	return cutSnippet(best.text, best.matches);
}

export function findMatches(text: string, phrases: readonly Phrase[]): Match[] {
	const words = wordsOf(text);
	const matches: Match[] = [];
	for (let at = 0; at < words.length; at += 1) {
		phrases.forEach((phrase, index) => {
			const last = matchAt(words, at, phrase);
			const first = words[at];
			if (last !== undefined && first !== undefined)
				matches.push({ phrase: index, start: first.start, end: last.end });
		});
	}
	return matches;
}

function matchAt(words: readonly Word[], at: number, phrase: Phrase): Word | undefined {
	let last: Word | undefined;
	for (const [offset, wanted] of phrase.words.entries()) {
		last = words[at + offset];
		const isOpen = phrase.isPrefix && offset === phrase.words.length - 1;
		if (last === undefined) return undefined;
		if (isOpen ? !last.folded.startsWith(wanted) : last.folded !== wanted) return undefined;
	}
	return last;
}

function countPhrases(matches: readonly Match[]): number {
	return new Set(matches.map((match) => match.phrase)).size;
}

/** The window with the most different phrases; the earliest of equals. */
function cutSnippet(text: string, matches: readonly Match[]): Snippet {
	let best: readonly Match[] = [];
	let last = 0;
	for (const [index, first] of matches.entries()) {
		last = Math.max(last, index);
		while (last < matches.length && (matches[last]?.end ?? 0) - first.start <= SNIPPET_CHARS - LEAD_CHARS)
			last += 1;
		const inside = matches.slice(index, Math.max(last, index + 1));
		if (countPhrases(inside) > countPhrases(best)) best = inside;
	}
	const from = wordBoundary(text, Math.max(0, (best[0]?.start ?? 0) - LEAD_CHARS));
	const to = safeEnd(text, Math.max(from + SNIPPET_CHARS, best[0]?.end ?? 0));
	return flatten(text, { from, to, ranges: mergeRanges(best.filter((match) => match.end <= to)) });
}

/** Cuts at the next blank when one is near, never inside a surrogate pair. */
function wordBoundary(text: string, from: number): number {
	if (from === 0) return 0;
	const blank = text.slice(from, from + LEAD_CHARS / 2).search(/\s/);
	if (blank >= 0) return from + blank + 1;
	return isLowSurrogate(text, from) ? from + 1 : from;
}

function safeEnd(text: string, end: number): number {
	if (end >= text.length) return text.length;
	return isLowSurrogate(text, end) ? end - 1 : end;
}

function isLowSurrogate(text: string, index: number): boolean {
	const unit = text.charCodeAt(index);
	return unit >= 0xdc00 && unit <= 0xdfff;
}

function mergeRanges(matches: readonly Match[]): HighlightRange[] {
	const merged: [number, number][] = [];
	for (const { start, end } of [...matches].sort((a, b) => a.start - b.start)) {
		const previous = merged.at(-1);
		if (previous !== undefined && start <= previous[1]) previous[1] = Math.max(previous[1], end);
		else merged.push([start, end]);
	}
	return merged;
}

/** One line: runs of blanks become one, ranges move along, and an ellipsis says where text was left out. */
function flatten(
	text: string,
	cut: { readonly from: number; readonly to: number; readonly ranges: readonly HighlightRange[] },
): Snippet {
	let line = cut.from > 0 ? "…" : "";
	let at = cut.from;
	const highlights: HighlightRange[] = [];
	const append = (end: number) => {
		const piece = text.slice(at, end).replace(/\s+/g, " ");
		line += line === "" || line.endsWith(" ") ? piece.replace(/^ /, "") : piece;
		at = end;
	};
	for (const [start, end] of cut.ranges) {
		append(start);
		const from = line.length;
		append(end);
		highlights.push([from, line.length]);
	}
	append(cut.to);
	line = line.trimEnd();
	return { text: cut.to < text.length ? `${line}…` : line, highlights };
}
