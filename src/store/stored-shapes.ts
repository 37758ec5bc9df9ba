/** What several parts of the store give to those who read. */
import type { Turn } from "../core/turn.ts";

export interface StoredTurn extends Turn {
	/** Stable over every later save of the turn. */
	readonly id: string;
	/** Counts the saves that changed something, from 1. */
	readonly revision: number;
	/** Milliseconds since the Unix epoch. */
	readonly updatedAt: number;
	/** Which prompt of a transcript it is, as a keyed digest; absent where the terminal alone knows it. */
	readonly anchor?: string;
}

/** Start and end offsets (UTF-16, end exclusive) into the snippet's text. */
export type HighlightRange = readonly [start: number, end: number];

export interface Snippet {
	readonly text: string;
	readonly highlights: readonly HighlightRange[];
}

/** What the file itself tells about its condition. */
export interface StoreHealth {
	readonly sqliteVersion: string;
	readonly schemaVersion: number;
	/** What SQLite's quick check found wrong; empty when nothing is. */
	readonly damage: readonly string[];
	readonly journalMode: string;
	readonly fileBytes: number;
	/** Of the write-ahead log; 0 when there is none. */
	readonly logBytes: number;
}
