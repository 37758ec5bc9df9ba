/** Whether a program began its picture anew while the one before was half painted, and had scrolled off in part. */
import type { Row } from "../core/frame.ts";
import { isBlank } from "./rows.ts";
import { wordsOf } from "./words.ts";

/** Rows with text that tell whether a screen still is what it was. */
const COMPARED_ROWS = 2;
/** Words at the end of what scrolled off that are searched: more than a large screen has. */
const SEARCHED_WORDS = 2000;
/** Words in a row that are no chance. */
const COMMON_WORDS = 8;
/** A picture may begin within a sentence whose first words stood elsewhere. */
const MOST_TRIES = 24;

/**
 * `left` scrolled off, `screen` stood below it then, `below` does now: the same, and what followed it, where the program
 * painted on. Where it did not, and shows words again that had scrolled off, it began anew.
 */
export function isPaintedOver(left: readonly Row[], screen: readonly Row[], below: readonly Row[]): boolean {
	return !isSameTop(screen, below) && isShownAgain(left, below);
}

function isSameTop(screen: readonly Row[], below: readonly Row[]): boolean {
	const [before, now] = [topOf(screen), topOf(below)];
	return before.every((row, index) => row === now[index]);
}

function topOf(rows: readonly Row[]): readonly Row[] {
	return rows.filter((row) => !isBlank(row)).slice(0, COMPARED_ROWS);
}

function isShownAgain(left: readonly Row[], below: readonly Row[]): boolean {
	const known = keysOf(left).slice(-SEARCHED_WORDS);
	const shown = keysOf(below).slice(0, MOST_TRIES + COMMON_WORDS);
	for (let from = 0; from + COMMON_WORDS <= shown.length; from++) {
		const run = shown.slice(from, from + COMMON_WORDS);
		if (known.some((_, at) => run.every((key, index) => known[at + index] === key))) return true;
	}
	return false;
}

function keysOf(rows: readonly Row[]): readonly number[] {
	return rows.flatMap((row) => wordsOf(row.text).keys);
}
