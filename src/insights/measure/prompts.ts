/** Prompts compared with one another. */
import type { MeasureMarks } from "../../core/measure-marks.ts";
import type { Turn } from "../../core/turn.ts";
import { digestOf } from "./digest.ts";

/** Fewer words say too little to call two prompts the same request. */
const FEWEST_WORDS = 3;
/** Of a long prompt the beginning says what it asks for; the rest is mostly pasted. */
const COMPARED_CHARS = 2000;

/**
 * A digest of what a prompt asks for: its words without their order, case, numbers, punctuation and fillers. Two prompts
 * with the same digest are near-duplicates. Undefined for prompts too short to compare.
 */
export function requestOf(text: string, { fillers }: MeasureMarks): number | undefined {
	const words =
		text
			.slice(0, COMPARED_CHARS)
			.toLowerCase()
			.match(/[\p{L}\p{M}][\p{L}\p{M}'’_-]*/gu) ?? [];
	const telling = [...new Set(words)].filter((word) => !fillers.has(word)).sort();
	return telling.length < FEWEST_WORDS ? undefined : digestOf(telling.join(" "));
}

/** Whether a prompt sets the turn before it right: it says so, or that turn was stopped or had a tool refused. */
export function isCorrection(turn: Turn, before: Turn | undefined, { correction }: MeasureMarks): boolean {
	if (before === undefined || turn.prompt.kind !== "prompt" || before.prompt.kind !== "prompt") return false;
	return before.status === "interrupted" || hasRefusal(before) || correction.test(turn.prompt.text);
}

function hasRefusal({ items }: Turn): boolean {
	return items.some((item) => item.kind === "tool" && item.status === "rejected");
}
