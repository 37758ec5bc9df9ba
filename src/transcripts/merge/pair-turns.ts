/** Which turn of the terminal is which of the transcript: in order, by prompt, and by what was answered. */
import { once } from "../../core/once.ts";
import type { Turn } from "../../core/turn.ts";
import { agreement, squeezed, wordsOf } from "./agreement.ts";
import { align, type Pair } from "./align.ts";

type AnyTurn = Omit<Turn, "seq">;

/** Prompts in the same words; a prompt read badly still has most of them, or the answer has. */
const EXACT = 4;
const LEAST_LIKE = 0.6;
/** Of two turns with the same prompt the nearer one in time. */
const TIME_WEIGHT = 0.5;
const NEAR_MS = 60_000;
/** Further apart they are two, whatever they say. */
const SAME_MS = 10 * 60_000;

export function pairTurns(terminal: readonly AnyTurn[], transcript: readonly AnyTurn[]): Pair[] {
	return align({ left: terminal.map(prepare), right: transcript.map(prepare), fitOf: fit });
}

interface Prepared {
	readonly turn: AnyTurn;
	readonly prompt: string;
	readonly words: () => readonly string[];
	readonly answer: () => readonly string[];
}

function prepare(turn: AnyTurn): Prepared {
	return {
		turn,
		prompt: squeezed(turn.prompt.text.replace(turn.prompt.kind === "prompt" ? /^$/u : /^\s*[!#]/u, "")),
		words: once(() => wordsOf(turn.prompt.text)),
		answer: once(() =>
			wordsOf(turn.items.map((item) => (item.kind === "assistant" ? item.text : "")).join(" ")),
		),
	};
}

function fit(shown: Prepared, written: Prepared): number {
	const apart = Math.abs(shown.turn.startedAt - written.turn.startedAt);
	if (shown.turn.prompt.kind === "none" || written.turn.prompt.kind === "none" || apart > SAME_MS) return 0;
	const near = TIME_WEIGHT * Math.max(0, 1 - apart / NEAR_MS);
	if (shown.turn.prompt.kind === written.turn.prompt.kind && shown.prompt === written.prompt)
		return EXACT + near;
	const likePrompt = agreement(shown.words(), written.words());
	const likeAnswer = shown.answer().length === 0 ? 0 : agreement(shown.answer(), written.answer());
	const like = Math.max(likePrompt, likeAnswer);
	return like >= LEAST_LIKE ? like + near : 0;
}
