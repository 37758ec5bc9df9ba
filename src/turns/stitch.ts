/**
 * Joins what is known of a turn with what a new frame shows of it, by their common words. Rows would not do: a
 * resize wraps everything anew. The newest view wins from where the two overlap.
 *
 *   known   ● The quick brown fox jumps over ─┐
 *   view                  fox jumps over the lazy dog.
 *   result  ● The quick brown fox jumps over the lazy dog.
 */
import { type Entry, MadeEntry, type Result } from "./entry.ts";
import { type FlatText, flatten, joinWords, type Spot, WordRoom } from "./flat-text.ts";
import { withLostWords } from "./lost-words.ts";

export interface View {
	readonly entries: readonly Entry[];
	/** The first entry is the turn's own first: nothing of it lies above the screen. */
	readonly isHeadShown: boolean;
	/** What ends the view is the end of the turn as it stands now, not the lower edge of a view scrolled back. */
	readonly isTailShown: boolean;
	/** The turn has ended, and all of it was shown: it does not grow any more. */
	readonly isOver?: boolean;
}

export interface Stitched {
	readonly entries: readonly Entry[];
	/** The view did not touch what was known: something between them was never seen. It is left out where its end is unknown. */
	readonly hasGap: boolean;
}

/** Words of the known tail that are searched beside as many as the view has: several screens, for who scrolls back. */
const NEAR_WORDS = 1500;
/** Words that have to agree for an overlap; fewer only if the view has no more. */
const ANCHOR_WORDS = 5;
/**
 * First words of the view that may lie in something that changed before an anchor is found: two or three rows.
 * What stands above the anchor is taken from what is known, so it has to be little.
 */
const ANCHOR_TRIES = 40;

/** Every stitch has two texts, and is done with them when it ends: they are put in the same places. */
const rooms = { known: new WordRoom(), view: new WordRoom() };

export function stitch(known: readonly Entry[], view: View): Stitched {
	if (view.entries.length === 0) return { entries: known, hasGap: false };
	if (known.length === 0) return { entries: view.entries, hasGap: false };
	if (view.isHeadShown && view.isTailShown) {
		const isWorse =
			isCutShort(known, view.entries) || (view.isOver === true && isDoubled(known, view.entries));
		if (isWorse) return { entries: known, hasGap: false };
		return {
			entries: view.isOver === true ? withLostWords(known, view.entries) : view.entries,
			hasGap: false,
		};
	}
	const fresh = flatten(view.entries, Number.POSITIVE_INFINITY, rooms.view);
	const wanted = view.isHeadShown ? Number.POSITIVE_INFINITY : fresh.length + NEAR_WORDS;
	const near = flatten(known, wanted, rooms.known);
	return stitchAt(known, view, near, fresh);
}

/**
 * Index of the view's first entry that comes after all that is known, where the view begins inside the known: the number of
 * entries when none does. Nothing where the two do not touch.
 */
export function endWithin(known: readonly Entry[], view: readonly Entry[]): number | undefined {
	const fresh = flatten(view, Number.POSITIVE_INFINITY);
	const old = flatten(known, fresh.length + NEAR_WORDS);
	const anchor = findAnchor(old, fresh, false);
	// An answer that begins with other words is another one, however much the rest reads like it.
	if (anchor === undefined || (anchor.view > 0 && view[0]?.kind === "assistant")) return undefined;
	const next = fresh.spot(anchor.view + old.length - anchor.known);
	if (next === undefined) return view.length;
	if (next.part === 0 && next.from === 0) return next.entry;
	// A few words are also how another answer may begin.
	return old.length - anchor.known < ANCHOR_WORDS ? undefined : next.entry + 1;
}

/** A reprint that breaks off (the screen was cleared over it) is no news about how the turn ended. */
function isCutShort(known: readonly Entry[], view: readonly Entry[]): boolean {
	if (lengthOf(view) >= lengthOf(known)) return false;
	const [old, fresh] = [flatten(known, Number.POSITIVE_INFINITY), flatten(view, Number.POSITIVE_INFINITY)];
	return fresh.length > 0 && endsInside(old, fresh, { known: 0, view: 0 });
}

/** A reprint that was painted over another one has a stretch twice: what it shows besides is all known. */
function isDoubled(known: readonly Entry[], view: readonly Entry[]): boolean {
	if (lengthOf(view) <= lengthOf(known)) return false;
	const [old, fresh] = [flatten(known, Number.POSITIVE_INFINITY), flatten(view, Number.POSITIVE_INFINITY)];
	if (fresh.length <= old.length) return false;
	let tail = 0;
	while (tail < old.length && old.words[old.length - 1 - tail] === fresh.words[fresh.length - 1 - tail])
		tail++;
	return commonRun(old, fresh, 0, 0) + tail >= fresh.length;
}

function lengthOf(entries: readonly Entry[]): number {
	return entries.reduce(
		(sum, { text, results }) => results.reduce((all, result) => all + result.text.length, sum + text.length),
		0,
	);
}

function stitchAt(known: readonly Entry[], view: View, old: FlatText, fresh: FlatText): Stitched {
	const anchor = view.isHeadShown ? { known: 0, view: 0 } : findAnchor(old, fresh, view.isTailShown);
	if (anchor === undefined) {
		return view.isTailShown
			? { entries: [...known, ...view.entries], hasGap: true }
			: { entries: known, hasGap: true };
	}
	if (!view.isTailShown && endsInside(old, fresh, anchor)) return { entries: known, hasGap: false };
	return {
		entries: splice(known, view.entries, old.spot(anchor.known), fresh.spot(anchor.view)),
		hasGap: false,
	};
}

interface Anchor {
	readonly known: number;
	readonly view: number;
}

/**
 * The earliest stretch of the view that is also in the known tail and from where on the two agree until one of them
 * ends. People and programs repeat themselves: a few equal words alone are no overlap.
 */
function findAnchor(old: FlatText, fresh: FlatText, isTailShown: boolean): Anchor | undefined {
	const length = Math.min(ANCHOR_WORDS, fresh.length, old.length);
	if (length === 0) return undefined;
	const tries = Math.min(ANCHOR_TRIES, fresh.length - length + 1);
	for (let view = 0; view < tries; view++) {
		const known = bestPlace(old, fresh, view, isTailShown);
		if (known !== undefined) return { known, view };
	}
	return undefined;
}

function bestPlace(old: FlatText, fresh: FlatText, view: number, isTailShown: boolean): number | undefined {
	const places = candidates(old, fresh, view);
	const exact = places.filter(({ known, run }) => run === overlapOf(old, fresh, { known, view }));
	const near = exact.length > 0 ? [] : places.sort((a, b) => b.run - a.run).slice(0, COMPARED_PLACES);
	let best: number | undefined;
	let bestScore = 0;
	for (const { known, run } of [...exact, ...near]) {
		const anchor = { known, view };
		const agreed = agreedWords(old, fresh, anchor, run);
		const isKept = !isTailShown && endsInside(old, fresh, anchor);
		const score = isKept ? agreed : agreed - droppedWords(old, fresh, anchor);
		// What stands above the anchor is thrown away: more has to speak for it than is lost.
		if (agreed >= view && score > bestScore) {
			best = known;
			bestScore = score;
		}
	}
	return best;
}

/** Places that are compared word by word when none fits exactly. */
const COMPARED_PLACES = 4;

interface Place {
	readonly known: number;
	/** Words in a row that agree from there on. */
	readonly run: number;
}

function candidates(old: FlatText, fresh: FlatText, view: number): Place[] {
	const length = Math.min(ANCHOR_WORDS, fresh.length, old.length);
	const least = view === 0 ? length : Math.min(LATE_ANCHOR_WORDS, fresh.length - view);
	const first = fresh.words[view];
	const places: Place[] = [];
	for (let known = old.length - length; known >= 0; known--) {
		if (old.words[known] !== first) continue;
		const run = commonRun(old, fresh, known, view);
		if (run >= least) places.push({ known, run });
	}
	return places;
}

function overlapOf(old: FlatText, fresh: FlatText, anchor: Anchor): number {
	return Math.min(old.length - anchor.known, fresh.length - anchor.view);
}

/** Known words that joining here would throw away: text does not grow shorter by much. */
function droppedWords(old: FlatText, fresh: FlatText, anchor: Anchor): number {
	return Math.max(0, old.length - anchor.known - (fresh.length - anchor.view));
}

/** How many words of the overlap agree, in order; 0 when that is too few for an overlap. */
function agreedWords(old: FlatText, fresh: FlatText, anchor: Anchor, run: number): number {
	const overlap = overlapOf(old, fresh, anchor);
	if (run === overlap) return run;
	if (run < Math.min(FIRM_RUN, overlap * ENOUGH_AGREEMENT)) return 0;
	const share = agreementOf(old, fresh, anchor, overlap);
	return share < ENOUGH_AGREEMENT ? 0 : share * overlap;
}

/** Words that have to agree when the view does not begin with them. */
const LATE_ANCHOR_WORDS = 8;
/** Words in a row that no repeated phrase has: asked for where the two part again before either ends. */
const FIRM_RUN = 20;
/** Share of the overlap that has to agree, in order: a tool's result may have been filled in between. */
const ENOUGH_AGREEMENT = 0.7;
/** Words compared for it: a screenful is enough to tell. */
const COMPARED_WORDS = 250;

/** Longest common subsequence of the overlap's beginnings, as a share of the shorter one. */
function agreementOf(old: FlatText, fresh: FlatText, anchor: Anchor, overlap: number): number {
	const length = Math.min(overlap, COMPARED_WORDS);
	let above = new Uint16Array(length + 1);
	let row = new Uint16Array(length + 1);
	for (let i = 0; i < length; i++) {
		const word = old.words[anchor.known + i];
		for (let j = 0; j < length; j++) {
			const isSame = fresh.words[anchor.view + j] === word;
			row[j + 1] = isSame ? (above[j] ?? 0) + 1 : Math.max(above[j + 1] ?? 0, row[j] ?? 0);
		}
		[above, row] = [row, above];
	}
	return (above[length] ?? 0) / length;
}

function commonRun(old: FlatText, fresh: FlatText, at: number, view: number): number {
	let run = 0;
	while (
		at + run < old.length &&
		view + run < fresh.length &&
		old.words[at + run] === fresh.words[view + run]
	) {
		run++;
	}
	return run;
}

/** Every word of the view, from the anchor on, stands in the same place of what is known, and more follows there. */
function endsInside(old: FlatText, fresh: FlatText, anchor: Anchor): boolean {
	const length = fresh.length - anchor.view;
	if (anchor.known + length >= old.length) return false;
	return commonRun(old, fresh, anchor.known, anchor.view) >= Math.max(1, length - 1);
}

function splice(
	known: readonly Entry[],
	view: readonly Entry[],
	old: Spot | undefined,
	fresh: Spot | undefined,
): readonly Entry[] {
	const knownEntry = old === undefined ? undefined : known[old.entry];
	const viewEntry = fresh === undefined ? undefined : view[fresh.entry];
	if (old === undefined || fresh === undefined || knownEntry === undefined || viewEntry === undefined) {
		return view;
	}
	const made = joinEntries(knownEntry, viewEntry, old, fresh);
	// What is known of an entry is kept with it: the same again is the same one.
	const joined = isEqualEntry(made, knownEntry) ? knownEntry : made;
	if (joined !== knownEntry && joined !== viewEntry) joinWords(joined, knownEntry, viewEntry, old, fresh);
	return [...known.slice(0, old.entry), joined, ...view.slice(fresh.entry + 1)];
}

/** The known entry up to the overlap, the view's from there on. Whole entries (not cut by the screen's edge) replace. */
function joinEntries(known: Entry, view: Entry, old: Spot, fresh: Spot): Entry {
	if (view.kind !== "fragment" && fresh.part === 0 && old.part === 0 && fresh.from === old.from) {
		// What was not recognised at first (a tool before its result stood below it) is what it turned out to be.
		if (known.kind === view.kind || fresh.from === 0) return view;
	}
	const parts = partsOf(known).slice(0, old.part);
	const cut = partsOf(known)[old.part] ?? { text: "" };
	const rest = partsOf(view).slice(fresh.part);
	const continued = rest[0] ?? { text: "" };
	const text = cut.text.slice(0, old.from) + continued.text.slice(fresh.from);
	const fg = cut.fg ?? continued.fg;
	const all = [...parts, { text, fg }, ...rest.slice(1)];
	const [head, ...results] = all;
	const isRunning = view.isRunning ?? false;
	const { kind, pattern, promptKind, bullet } = known;
	return new MadeEntry({ kind, pattern, text: head?.text ?? "", results, promptKind, isRunning, bullet });
}

function isEqualEntry(a: Entry, b: Entry): boolean {
	if (a.text !== b.text || a.kind !== b.kind || a.pattern !== b.pattern) return false;
	if (a.isRunning !== b.isRunning || a.bullet !== b.bullet || a.promptKind !== b.promptKind) return false;
	if (a.results === b.results) return true;
	return (
		a.results.length === b.results.length &&
		a.results.every(({ text, fg }, index) => text === b.results[index]?.text && fg === b.results[index]?.fg)
	);
}

function partsOf(entry: Entry): readonly Result[] {
	return [{ text: entry.text }, ...entry.results];
}
