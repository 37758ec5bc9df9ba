/**
 * Words of an answer that a later picture has painted over. An answer that has ended does not change: where a reprint goes
 * on without a stretch of it, the program has drawn its lines over one another, and what was seen before stays.
 */
import { type Entry, MadeEntry } from "./entry.ts";
import { partsOf } from "./flat-text.ts";
import { isSameList } from "./same.ts";
import { isBlankCode, type Words } from "./words.ts";

/** Words that have to agree on either side of what is missing, and stand there once. */
const ANCHOR_WORDS = 4;
/** Fewer may be how a row was wrapped. */
const LEAST_LOST = 5;
/** A stretch of more of its words is known again where it stands elsewhere. */
const TOLD_BY = 3;
/** Stretches of one answer. */
const MOST_LOST = 4;

/** The reprint's entries, with what is lost in them: both show the whole turn. */
export function withLostWords(known: readonly Entry[], reprint: readonly Entry[]): readonly Entry[] {
	const before = known.filter(isAnswer);
	if (before.length !== reprint.filter(isAnswer).length) return reprint;
	let next = 0;
	const whole = reprint.map((entry) => (isAnswer(entry) ? filled(before[next++] ?? entry, entry) : entry));
	return isSameList(whole, reprint) ? reprint : whole;
}

function isAnswer({ kind }: Entry): boolean {
	return kind === "assistant";
}

function filled(known: Entry, shown: Entry): Entry {
	let entry = shown;
	for (let tries = 0; tries < MOST_LOST; tries++) {
		const text = fillFirst(known, entry);
		if (text === undefined) break;
		if (text === known.text) return known;
		entry = new MadeEntry({ ...shown, text });
	}
	return entry;
}

/** The text with the first stretch that it has lost; nothing where it has lost none. */
function fillFirst(known: Entry, shown: Entry): string | undefined {
	const [old, now] = [wordsIn(known), wordsIn(shown)];
	if (old.keys.length < now.keys.length + LEAST_LOST) return undefined;
	for (let at = ANCHOR_WORDS; at + ANCHOR_WORDS <= now.keys.length; at++) {
		const from = onlyPlace(old.keys, now.keys.slice(at - ANCHOR_WORDS, at));
		if (from === undefined || old.keys[from + ANCHOR_WORDS] === now.keys[at]) continue;
		const lost = from + ANCHOR_WORDS;
		const end = onlyPlace(old.keys, now.keys.slice(at, at + ANCHOR_WORDS)) ?? 0;
		if (end < lost + LEAST_LOST || isElsewhere(old.keys.slice(lost, end), now.keys)) continue;
		const upTo = endOfWord(shown.text, now.froms[at - 1] ?? 0);
		const stretch = known.text.slice(endOfWord(known.text, old.froms[lost - 1] ?? 0), old.froms[end]);
		return shown.text.slice(0, upTo) + stretch + shown.text.slice(now.froms[at]);
	}
	return undefined;
}

function wordsIn(entry: Entry): Words {
	return partsOf(entry)[0] ?? { keys: [], froms: [] };
}

/** Where these words stand, if that is one place. */
function onlyPlace(keys: readonly number[], run: readonly number[]): number | undefined {
	let place: number | undefined;
	for (let at = keys.indexOf(run[0] ?? 0); at >= 0; at = keys.indexOf(run[0] ?? 0, at + 1)) {
		if (!run.every((key, index) => keys[at + index] === key)) continue;
		if (place !== undefined) return undefined;
		place = at;
	}
	return place;
}

/** Most of the stretch stands in another place of the reprint: the text was joined wrongly before, and is right now. */
function isElsewhere(lost: readonly number[], keys: readonly number[]): boolean {
	let told = 0;
	let found = 0;
	for (let at = 0; at + TOLD_BY <= lost.length; at++) {
		told++;
		const run = lost.slice(at, at + TOLD_BY);
		if (keys.some((_, place) => run.every((key, index) => keys[place + index] === key))) found++;
	}
	return 2 * found >= told;
}

function endOfWord(text: string, from: number): number {
	let at = from;
	while (at < text.length && !isBlankCode(text.charCodeAt(at))) at++;
	return at;
}
