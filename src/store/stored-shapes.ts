/** What several parts of the store give to those who read. */
import type { Item, Turn } from "../core/turn.ts";

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

/** In bytes. */
export interface StoreSpace {
	readonly fileBytes: number;
	readonly logBytes: number;
	/** Pages of the file that hold nothing; they were overwritten when they became free. */
	readonly freeBytes: number;
}

export interface SearchFilter {
	readonly limit?: number;
	readonly cwd?: string;
	/** Milliseconds since the Unix epoch: turns started at or after. */
	readonly since?: number;
	/** Keys of sessions, as their digests have them. */
	readonly sessions?: ReadonlySet<number>;
}

export type SearchedKind = "prompt" | Item["kind"];

export interface SearchHit {
	readonly sessionId: string;
	readonly turnSeq: number;
	readonly kind: SearchedKind;
	/** Tool name, where the hit is a tool call or a permission for one. */
	readonly name?: string;
	readonly cwd: string;
	/** When the turn started, in milliseconds since the Unix epoch. */
	readonly at: number;
	/** Where in the session's recording it can be seen, in milliseconds since its start; absent where nothing was kept. */
	readonly replayFromMs?: number;
	readonly snippet: Snippet;
	/** Higher is better; comparable within one search only. */
	readonly score: number;
}

/** A session that was found by what the person said of it. */
export interface MarkHit {
	readonly sessionId: string;
	readonly cwd: string;
	/** When the session started, in milliseconds since the Unix epoch. */
	readonly at: number;
	readonly snippet: Snippet;
}

/** A hit with what tells its session and its place in the recording. */
export interface FoundHit {
	readonly hit: SearchHit;
	/** As the session's digest has it. */
	readonly sessionKey: number;
	/** Where its turn begins in the recording, in milliseconds since the session's start. */
	readonly fromMs?: number;
}

export interface SearchResult {
	/** Best match first. */
	readonly found: readonly FoundHit[];
	/** There may be more: of words that stand in very many places the newest are ranked. */
	readonly isCut: boolean;
}
