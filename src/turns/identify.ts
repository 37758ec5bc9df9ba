/**
 * Which known turn is each prompt on the screen? The screen repeats itself (scrolling, resizes, `/resume`), people
 * repeat themselves ("continue"), and only a prompt that was sent makes a new turn.
 */
import type { Bygone, Known } from "./bygone.ts";
import type { Entry } from "./entry.ts";
import { firstWords } from "./first-words.ts";
import type { OpenTurn } from "./open-turn.ts";
import { isSamePrompt, mayBeSamePrompt, skeletonOf } from "./words.ts";

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
	/** A turn of which only that much is known. Counted from the first of the others backwards: −1 is the last of these. */
	| { readonly kind: "bygone"; readonly index: number }
	/** Sent just now; `text` as typed. */
	| { readonly kind: "new"; readonly text: string; readonly confidence: number }
	/** Part of an old conversation that is shown again (`--continue`, `/resume`). */
	| { readonly kind: "history" }
	/** Looks like a prompt, but nobody sent it while the turn above it was at work. */
	| { readonly kind: "meta" };

/** A turn that was there before the frame. */
export function isOld({ kind }: Placement): boolean {
	return kind === "known" || kind === "bygone";
}

export interface Scene {
	readonly known: Known;
	readonly segments: readonly Segment[];
	readonly isBusy: boolean;
	readonly submissions: Submitted;
	/** Nobody looked for a while: prompts that stand there now may have been sent meanwhile. */
	readonly isUnwatched: boolean;
	/** Nobody scrolled back: what stands lowest is what came last. */
	readonly isAtEnd: boolean;
	/** Sent from an idle box, and not echoed yet as far as is known. */
	readonly pending: string | undefined;
}

/** What is known of what was sent and is no turn yet. */
export interface Submitted {
	/** The text that was sent as this echo, if it was: shown whole, shown but for its beginning, or changed by rendering. */
	findAs(echo: string, how: "whole" | "rest" | "rendered"): string | undefined;
	/** How often Enter sent it; 0 also where the keys are not heard. */
	timesSent(echo: string): number;
}

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
		if (placement.kind === "known" || placement.kind === "bygone") current = placement.index;
		if (placement.kind === "new" || placement.kind === "history")
			current = scene.known.turns.length + added.push(segment) - 1;
	}
	return placements;
}

interface Walk {
	readonly position: number;
	/** Index of the turn that the prompt above was, if there is one; of a bygone one below 0. */
	readonly current: number | undefined;
	/** Turns that this frame has added so far. */
	readonly added: readonly Segment[];
}

function placeOne(scene: Scene, segment: Segment, walk: Walk): Placement {
	const expected = walk.current === undefined ? firstMatch(scene) : walk.current + 1;
	const known = expected === undefined ? undefined : turnAt(scene.known, expected);
	const echo = segment.prompt.text;
	const isKnown = known !== undefined && isEchoOf(known, segment.prompt);
	if (isKnown && expected !== undefined && !isSentAgain(scene, segment, known)) return placeAt(expected);
	if (expected !== undefined && isAddedAgain(walk.added[expected - scene.known.turns.length], segment.prompt))
		return { kind: "known", index: expected };
	if (isDrawnAgain(scene, segment, walk))
		return { kind: "known", index: scene.known.turns.length + walk.added.length - 1 };
	const isRest = segment.prompt.pattern === PROMPT_REST;
	const sent = scene.submissions.findAs(echo, isRest ? "rest" : "whole");
	if (sent !== undefined) return { kind: "new", text: sent, confidence: 1 };
	const earlier = lastLike(scene.known, segment.prompt);
	if (earlier !== undefined) return placeAt(earlier);
	const rendered = isRest ? undefined : scene.submissions.findAs(echo, "rendered");
	if (rendered !== undefined) return { kind: "new", text: rendered, confidence: RENDERED_CONFIDENCE };
	return placeUnsent(scene, segment, walk);
}

function placeAt(index: number): Placement {
	return index < 0 ? { kind: "bygone", index } : { kind: "known", index };
}

function turnAt({ turns, bygone }: Known, index: number): OpenTurn | Bygone | undefined {
	return index < 0 ? bygone[bygone.length + index] : turns[index];
}

function lastLike({ turns, bygone }: Known, prompt: Entry): number | undefined {
	const shown = skeletonOf(prompt.text);
	const index = turns.findLastIndex((turn) => isEchoOf(turn, prompt, shown));
	if (index >= 0) return index;
	const before = bygone.findLastIndex((turn) => isEchoOf(turn, prompt, shown));
	return before < 0 ? undefined : before - bygone.length;
}

/** All of the conversation was printed several times within one frame: it stands in each of them. */
function isAddedAgain(added: Segment | undefined, prompt: Entry): boolean {
	return added !== undefined && isSamePrompt(added.prompt.text, prompt.text);
}

/**
 * A program that draws itself anew in a window of another width leaves its last picture above the new one: the prompt stands
 * there two or three times, with nothing between. Who did send it several times sent it as often as it stands there.
 */
function isDrawnAgain({ submissions, known }: Scene, { prompt }: Segment, { added, current }: Walk): boolean {
	const last = added.at(-1);
	if (last === undefined || current !== known.turns.length + added.length - 1) return false;
	if (last.body.length > 0 || last.prompt.results.length > 0 || !isAddedAgain(last, prompt)) return false;
	return added.filter((one) => isAddedAgain(one, prompt)).length >= submissions.timesSent(prompt.text);
}

/** The words of an answered prompt, lowest and without an answer, just when they were sent: the new one's echo. */
function isSentAgain(
	{ segments, pending, isAtEnd }: Scene,
	segment: Segment,
	known: OpenTurn | Bygone,
): boolean {
	if (!isAtEnd || pending === undefined || segment !== segments.at(-1)) return false;
	const isAnswered = "letters" in known || known.entries.length > 0;
	if (segment.body.length > 0 || segment.prompt.results.length > 0 || !isAnswered) return false;
	return isSamePrompt(pending, segment.prompt.text);
}

function placeUnsent(scene: Scene, segment: Segment, walk: Walk): Placement {
	const isLast = walk.position === scene.segments.length - 1;
	if (segment.prompt.pattern === PROMPT_REST) return isLast ? placeRest(scene, segment) : { kind: "meta" };
	const last = scene.known.turns.at(-1);
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
function isEchoOf(turn: OpenTurn | Bygone, prompt: Entry, shown = skeletonOf(prompt.text)): boolean {
	const isRest = prompt.pattern === PROMPT_REST;
	// Nearly all are others, of thousands that a long session has: the last letter tells.
	const isWhole = !isRest && shown.length < MIN_CUT_LETTERS;
	if (isWhole && !mayBeSamePrompt(turn.echo, prompt.text)) return false;
	const echo = "letters" in turn ? turn.letters : skeletonOf(turn.echo);
	if (isRest) return shown !== "" && echo.endsWith(shown);
	if (shown.length >= MIN_CUT_LETTERS && echo.startsWith(shown)) return true;
	return echo === shown && isSamePrompt(turn.echo, prompt.text);
}

/** The known turn that the first prompt on the screen is: the one from which on most agrees, prompts and answers. */
function firstMatch(scene: Scene): number | undefined {
	let best: number | undefined;
	let bestScore = 0;
	const first = scene.segments[0]?.prompt;
	if (first === undefined) return undefined;
	const shown = skeletonOf(first.text);
	for (let index = -scene.known.bygone.length; index < scene.known.turns.length; index++) {
		const turn = turnAt(scene.known, index);
		if (turn === undefined || !isEchoOf(turn, first, shown)) continue;
		const score = agreement(scene, index);
		if (score > 0 && score >= bestScore) {
			best = index;
			bestScore = score;
		}
	}
	return best;
}

/** `from`: a turn that the first prompt on the screen may be. */
function agreement(scene: Scene, from: number): number {
	let score = 0;
	for (const [offset, segment] of scene.segments.entries()) {
		const turn = turnAt(scene.known, from + offset);
		if (turn === undefined) break;
		if (offset > 0 && !isEchoOf(turn, segment.prompt)) return score;
		score += 1 + bodyAgreement(turn, segment);
	}
	const isToTheLast = from + scene.segments.length >= scene.known.turns.length;
	return scene.isAtEnd && isToTheLast ? score + END_BONUS : score;
}

/** What lies lowest is the last turn rather than an earlier one of the same words: more than one body agrees for. */
const END_BONUS = 1.5;

/** 1 if the answer shown is the turn's, −1 if the turn has one and the screen shows none or another. */
function bodyAgreement(turn: OpenTurn | Bygone, segment: Segment): number {
	const known = "letters" in turn ? turn.opening : firstWords(turn.entries);
	const shown = firstWords(segment.body);
	if (known.length === 0) return shown.length === 0 ? 0.5 : 0;
	if (shown.length === 0) return -0.75;
	const same = known.filter((word, index) => shown[index] === word).length;
	return (2 * same) / Math.max(known.length, shown.length) - 1 > -0.5 ? 1 : -0.75;
}
