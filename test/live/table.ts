/** The live test's table: one row a look and scenario. Pure. */
import type { Score, Share } from "./score.ts";

export type Outcome =
	| {
			readonly kind: "scored";
			readonly score: Score;
			readonly missed: readonly string[];
			/** What went wrong at the first try; absent: nothing did. */
			readonly firstTry?: readonly string[];
	  }
	| { readonly kind: "recorded" }
	| { readonly kind: "skipped"; readonly why: string }
	| { readonly kind: "broken"; readonly problems: readonly string[] };

export interface Cell {
	readonly look: string;
	readonly scenario: string;
	readonly outcome: Outcome;
}

export const HEADER: readonly string[] = [
	"version",
	"scenario",
	"prompts",
	"spurious",
	"recall",
	"precision",
	"tools",
	"all tools",
	"permissions",
	"interrupts",
	"result",
];

const WIDTHS: readonly number[] = [16, 30, 8, 9, 8, 10, 7, 10, 12, 11, 0];

export function headerRow(): string {
	return row(HEADER);
}

export function cellRow(cell: Cell): string {
	return row(cellColumns(cell));
}

/** One text a column of `HEADER`. */
export function cellColumns(cell: Cell): string[] {
	return [cell.look, cell.scenario, ...outcomeColumns(cell.outcome)];
}

export function isFailure(outcome: Outcome): boolean {
	return outcome.kind === "broken" || (outcome.kind === "scored" && outcome.missed.length > 0);
}

/** The second try counts; of what the first one came to nothing is kept silent. */
export function playedAgain(first: Outcome, second: Outcome): Outcome {
	if (second.kind !== "scored" || !isFailure(first)) return second;
	const missed = first.kind === "scored" ? [`missed ${first.missed.join(" ")}`] : [];
	return { ...second, firstTry: [...missed, ...details(first)] };
}

/** What the person who mends a failure wants to read. */
export function details(outcome: Outcome): readonly string[] {
	if (outcome.kind === "broken") return outcome.problems;
	if (outcome.kind === "scored" && outcome.missed.length > 0) return outcome.score.misses;
	return firstTryOf(outcome).map((line) => `first try: ${line}`);
}

export interface Tally {
	readonly passed: number;
	readonly failed: number;
	readonly recorded: number;
	readonly skipped: number;
	/** Of those that passed, the ones that did so only when they were played again. */
	readonly secondTry: number;
}

/** A recording proves nothing about ctrace: it counts neither as passed nor as failed. */
export function tally(cells: readonly Cell[]): Tally {
	const failed = cells.filter((cell) => isFailure(cell.outcome)).length;
	const recorded = cells.filter((cell) => cell.outcome.kind === "recorded").length;
	const skipped = cells.filter((cell) => cell.outcome.kind === "skipped").length;
	const secondTry = cells.filter((cell) => firstTryOf(cell.outcome).length > 0).length;
	return { passed: cells.length - failed - recorded - skipped, failed, recorded, skipped, secondTry };
}

/** What went wrong at the first try of a cell that passed in the end. */
function firstTryOf(outcome: Outcome): readonly string[] {
	return outcome.kind === "scored" && outcome.missed.length === 0 ? (outcome.firstTry ?? []) : [];
}

export function summary({ passed, failed, recorded, skipped, secondTry }: Tally): string {
	const aside = [
		...(secondTry > 0 ? [`!!! ${secondTry} PASSED ONLY ON THE SECOND TRY (see above) !!!`] : []),
		...(recorded > 0 ? [`${recorded} only recorded, not judged`] : []),
		...(skipped > 0 ? [`${skipped} skipped`] : []),
	];
	return [...aside, `${passed} passed, ${failed} failed`].join("\n");
}

function outcomeColumns(outcome: Outcome): string[] {
	const blank = HEADER.slice(3).map(() => "");
	switch (outcome.kind) {
		case "scored":
			return [...scoreColumns(outcome.score), resultOf(outcome)];
		case "recorded":
			return [...blank, "recorded"];
		case "skipped":
			return [...blank, `skipped: ${outcome.why}`];
		case "broken":
			return [...blank, `BROKEN ${outcome.problems[0] ?? ""}`];
	}
}

function resultOf(outcome: Extract<Outcome, { kind: "scored" }>): string {
	if (outcome.missed.length > 0) return `MISS ${outcome.missed.join(" ")}`;
	return firstTryOf(outcome).length > 0 ? "PASSED ON THE SECOND TRY" : "pass";
}

function scoreColumns(score: Score): string[] {
	return [
		shareText(score.prompts),
		String(score.spurious),
		score.recall.toFixed(4),
		score.precision.toFixed(4),
		shareText(score.tools),
		shareText(score.allTools),
		shareText(score.permissions),
		shareText(score.interrupts),
	];
}

function shareText({ found, of }: Share): string {
	return `${found}/${of}`;
}

function row(columns: readonly string[]): string {
	return columns
		.map((column, index) => column.padEnd(WIDTHS[index] ?? 0))
		.join("")
		.trimEnd();
}
