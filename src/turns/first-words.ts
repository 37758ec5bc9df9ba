/** How an answer begins: enough to tell it from another one. */
import type { Entry } from "./entry.ts";
import { entryNotes } from "./entry-notes.ts";
import { lettersOf, wordsOf } from "./words.ts";

/** Words that have to be compared to tell two answers apart. */
const COMPARED_WORDS = 12;

export function firstWords(entries: readonly Entry[]): readonly number[] {
	const words: number[] = [];
	for (const entry of entries) {
		if (words.length >= COMPARED_WORDS) break;
		if ((entry.kind !== "assistant" && entry.kind !== "tool") || isSignAlone(entry.text)) continue;
		for (const word of openingOf(entry)) if (words.length < COMPARED_WORDS) words.push(word);
	}
	return words;
}

/** A bullet that was painted before its first word. */
function isSignAlone(text: string): boolean {
	return text.length <= 2 && lettersOf(text) === "";
}

function openingOf(entry: Entry): readonly number[] {
	const notes = entryNotes(entry);
	notes.opening ??= wordsOf(entry.text, COMPARED_WORDS).keys;
	return notes.opening;
}
