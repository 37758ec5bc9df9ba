/**
 * Which known turn is each prompt on the screen? The screen repeats itself (scrolling, resizes, `/resume`), people
 * repeat themselves ("continue"), and only a prompt that was sent makes a new turn.
 */
import type { Entry } from "./entry.ts";
import { entryNotes } from "./entry-notes.ts";
import type { OpenTurn } from "./open-turn.ts";
import { isSamePrompt, lettersOf, skeletonOf, wordsOf } from "./words.ts";

/** A prompt on the screen and what is shown below it. */
export interface Segment {
	readonly prompt: Entry;
	readonly body: readonly Entry[];
	/** The screen was begun anew below it: the end may be missing. */
	readonly isCut: boolean;
}

export type Placement =
	/** The known turn with this index. */
	| { readonly kind: "known"; readonly index: number }
	/** Sent just now; `text` as typed. */
	| { readonly kind: "new"; readonly text: string; readonly confidence: number }
	/** Part of an old conversation that is shown again (`--continue`, `/resume`). */
	| { readonly kind: "history" }
	/** Looks like a prompt, but nobody sent it while the turn above it was at work. */
	| { readonly kind: "meta" };

export interface Scene {
	readonly turns: readonly OpenTurn[];
	readonly segments: readonly Segment[];
	readonly isBusy: boolean;
	readonly findSent: FindSent;
	/** Nobody looked for a while: prompts that stand there now may have been sent meanwhile. */
	readonly isUnwatched: boolean;
	/** Nobody scrolled back: what stands lowest is what came last. */
	readonly isAtEnd: boolean;
	/** Sent from an idle box, and not echoed yet as far as is known. */
	readonly pending: string | undefined;
}

/** The text that was sent as this echo, if it was: shown whole, shown but for its beginning, or changed by rendering. */
export type FindSent = (echo: string, how: "whole" | "rest" | "rendered") => string | undefined;

/** Confidence in a prompt whose echo differs in words from what was sent. */
const RENDERED_CONFIDENCE = 0.9;
/** Confidence in a prompt that was never seen in the input box. */
const UNSEEN_CONFIDENCE = 0.6;

export function identify(scene: Scene): readonly Placement[] {
	const placements: Placement[] = [];
	const added: Segment[] = [];
	let current: number | undefined;
	for (const [position, segment] of scene.segments.entries()) {
		const placement = placeOne(scene, segment, { position, current, added });
		placements.push(placement);
		if (placement.kind === "known") current = placement.index;
		if (placement.kind === "new" || placement.kind === "history")
			current = scene.turns.length + added.push(segment) - 1;
	}
	return placements;
}

interface Walk {
	readonly position: number;
	/** Index of the turn that the prompt above was, if there is one. */
	readonly current: number | undefined;
	/** Turns that this frame has added so far. */
	readonly added: readonly Segment[];
}

function placeOne(scene: Scene, segment: Segment, walk: Walk): Placement {
	const expected = walk.current === undefined ? firstMatch(scene) : walk.current + 1;
	const known = expected === undefined ? undefined : scene.turns[expected];
	const echo = segment.prompt.text;
	const isKnown = known !== undefined && isEchoOf(known, segment.prompt);
	if (isKnown && expected !== undefined && !isSentAgain(scene, segment, known))
		return { kind: "known", index: expected };
	if (expected !== undefined && isAddedAgain(walk.added[expected - scene.turns.length], segment))
		return { kind: "known", index: expected };
	const isRest = segment.prompt.pattern === PROMPT_REST;
	const sent = scene.findSent(echo, isRest ? "rest" : "whole");
	if (sent !== undefined) return { kind: "new", text: sent, confidence: 1 };
	const earlier = scene.turns.findLastIndex((turn) => isEchoOf(turn, segment.prompt));
	if (earlier >= 0) return { kind: "known", index: earlier };
	const rendered = isRest ? undefined : scene.findSent(echo, "rendered");
	if (rendered !== undefined) return { kind: "new", text: rendered, confidence: RENDERED_CONFIDENCE };
	return placeUnsent(scene, segment, walk);
}

/** All of the conversation was printed several times within one frame: it stands in each of them. */
function isAddedAgain(added: Segment | undefined, segment: Segment): boolean {
	return added !== undefined && isSamePrompt(added.prompt.text, segment.prompt.text);
}

/** The words of an answered prompt, lowest and without an answer, just when they were sent: the new one's echo. */
function isSentAgain({ segments, pending, isAtEnd }: Scene, segment: Segment, known: OpenTurn): boolean {
	if (!isAtEnd || pending === undefined || segment !== segments.at(-1)) return false;
	if (segment.body.length > 0 || segment.prompt.results.length > 0 || known.entries.length === 0)
		return false;
	return isSamePrompt(pending, segment.prompt.text);
}

function placeUnsent(scene: Scene, segment: Segment, walk: Walk): Placement {
	const isLast = walk.position === scene.segments.length - 1;
	if (segment.prompt.pattern === PROMPT_REST) return isLast ? placeRest(scene, segment) : { kind: "meta" };
	const last = scene.turns.at(-1);
	const isAtWork = last?.status === "running" && last.hasWorked && last.seq !== undefined;
	if (isAtWork && !scene.isUnwatched) return { kind: "meta" };
	if (scene.isUnwatched || (isLast && (scene.isBusy || segment.body.length === 0))) {
		return { kind: "new", text: segment.prompt.text, confidence: UNSEEN_CONFIDENCE };
	}
	return { kind: "history" };
}

/** Of a prompt that nobody knows: of the one that was just sent, if nothing was said below it yet. */
function placeRest({ pending, isAtEnd }: Scene, { prompt, body }: Segment): Placement {
	if (pending === undefined || !isAtEnd || body.length > 0) return { kind: "meta" };
	return { kind: "new", text: prompt.text, confidence: UNSEEN_CONFIDENCE };
}

/** A prompt whose first rows are above the screen. */
export const PROMPT_REST = "prompt-rest";

/** Letters a prompt must have for its beginning alone to tell which it is. */
const MIN_CUT_LETTERS = 40;

/** A long echo may stand on the screen cut off at either end: half scrolled away, or painted over. */
function isEchoOf(turn: OpenTurn, prompt: Entry): boolean {
	const [echo, shown] = [skeletonOf(turn.echo), skeletonOf(prompt.text)];
	if (prompt.pattern === PROMPT_REST) return shown !== "" && echo.endsWith(shown);
	if (shown.length >= MIN_CUT_LETTERS && echo.startsWith(shown)) return true;
	return isSamePrompt(turn.echo, prompt.text);
}

/** The known turn that the first prompt on the screen is: the one from which on most agrees, prompts and answers. */
function firstMatch(scene: Scene): number | undefined {
	let best: number | undefined;
	let bestScore = 0;
	for (let index = 0; index < scene.turns.length; index++) {
		const score = agreement(scene, index);
		if (score > 0 && score >= bestScore) {
			best = index;
			bestScore = score;
		}
	}
	return best;
}

function agreement(scene: Scene, from: number): number {
	let score = 0;
	for (const [offset, segment] of scene.segments.entries()) {
		const turn = scene.turns[from + offset];
		if (turn === undefined) break;
		if (!isEchoOf(turn, segment.prompt)) return offset === 0 ? 0 : score;
		score += 1 + bodyAgreement(turn, segment);
	}
	const isToTheLast = from + scene.segments.length >= scene.turns.length;
	return scene.isAtEnd && isToTheLast ? score + END_BONUS : score;
}

/** What lies lowest is the last turn rather than an earlier one of the same words: more than one body agrees for. */
const END_BONUS = 1.5;

/** Words that have to be compared to tell two answers apart. */
const COMPARED_WORDS = 12;

/** 1 if the answer shown is the turn's, −1 if the turn has one and the screen shows none or another. */
function bodyAgreement(turn: OpenTurn, segment: Segment): number {
	const known = firstWords(turn.entries);
	const shown = firstWords(segment.body);
	if (known.length === 0) return shown.length === 0 ? 0.5 : 0;
	if (shown.length === 0) return -0.75;
	const same = known.filter((word, index) => shown[index] === word).length;
	return (2 * same) / Math.max(known.length, shown.length) - 1 > -0.5 ? 1 : -0.75;
}

function firstWords(entries: readonly Entry[]): readonly number[] {
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
