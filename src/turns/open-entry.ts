import type { Row } from "../core/frame.ts";
import type { PromptKind } from "../core/turn.ts";
import type { EntryKind } from "./entry.ts";

export const TEXT_COLUMN = 2; // glyph and blank
export const RESULT_COLUMN = 5; // `  ⎿  `

/** An entry while its rows are collected. */
export interface OpenEntry {
	readonly kind: EntryKind;
	readonly pattern: string;
	readonly promptKind: PromptKind | undefined;
	readonly isRunning: boolean;
	readonly first: Row;
	/** The first row without its glyph; absent where nobody knows what the row began with. */
	readonly text: string | undefined;
	/** All of its rows, the first one included. */
	readonly rows: Row[];
	/** Which of them begin a result: the rows after one belong to it. */
	readonly results: number[];
}

/** The two begin alike, with the same row. */
export function isSameStart(a: OpenEntry, b: OpenEntry): boolean {
	if (a.first !== b.first || a.kind !== b.kind || a.pattern !== b.pattern) return false;
	return a.promptKind === b.promptKind && a.isRunning === b.isRunning && a.text === b.text;
}
