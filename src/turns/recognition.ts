/** How much of what the screen showed of a turn was understood. Pure. */
import type { Recognition } from "../core/session.ts";
import type { EntryKind } from "./entry.ts";
import type { OpenTurn } from "./open-turn.ts";

/** What is left when no pattern fits: a row nobody knows, the rest of something whose beginning nobody saw. */
const UNCLAIMED: readonly EntryKind[] = ["unknown", "fragment"];

export const NOTHING_RECOGNISED: Recognition = { lines: 0, unclaimed: 0 };

export function recognitionOf(turn: OpenTurn): Recognition {
	let [lines, unclaimed] = [linesIn(turn.prompt.text), 0];
	for (const { text } of turn.promptResults) lines += linesIn(text);
	for (const { kind, text, results } of turn.entries) {
		const shown = linesIn(text) + results.reduce((sum, result) => sum + linesIn(result.text), 0);
		lines += shown;
		if (UNCLAIMED.includes(kind)) unclaimed += shown;
	}
	return { lines, unclaimed };
}

export function addRecognition(a: Recognition, b: Recognition): Recognition {
	return { lines: a.lines + b.lines, unclaimed: a.unclaimed + b.unclaimed };
}

function linesIn(text: string): number {
	return text.split("\n").filter((line) => line.trim() !== "").length;
}
