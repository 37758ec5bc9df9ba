/** What looking over sessions asks of the store: many at a glance, one in pages. */
import type { Session, SessionStatus } from "../core/session.ts";
import type { Durations, Prompt, Turn, TurnStatus } from "../core/turn.ts";
import type { SearchFilter, SearchResult, Snippet, StoredTurn, StoreHealth } from "./stored-shapes.ts";

/** All that a list of sessions is narrowed by, ordered by and added up from. Times are milliseconds since the epoch. */
export interface SessionDigest {
	readonly key: number;
	/** Of its last change; a later change, of whichever session, has a greater one. */
	readonly version: number;
	readonly id: string;
	readonly agent: string;
	readonly agentVersion: string;
	readonly cwd: string;
	readonly branch: string;
	readonly models: readonly string[];
	readonly status: SessionStatus;
	readonly startedAt: number;
	/** When it ended, or its last turn did. */
	readonly lastAt: number;
	readonly turns: number;
	readonly tools: number;
	/** Of every kind. */
	readonly tokens: number;
	readonly costUsd: number;
	readonly masked: number;
}

/** A place in the order of changes. */
export type DigestMark = Pick<SessionDigest, "version" | "key">;

/** What a line of a list shows beyond the digest. */
export interface SessionLine {
	readonly key: number;
	readonly session: Session;
	/** The first thing the person asked. */
	readonly firstPrompt?: string;
}

export interface TurnLine {
	readonly seq: number;
	readonly prompt: string;
	readonly kind: Prompt["kind"];
	readonly startedAt: number;
	readonly endedAt?: number;
	readonly status: TurnStatus;
	readonly durations?: Durations;
	readonly usage?: Turn["usage"];
	readonly tools: number;
	readonly errors: number;
	readonly permissions: number;
	readonly recording?: Turn["recording"];
}

export interface TurnRange {
	/** Exclusive. */
	readonly after?: number;
	/** Exclusive; alone, the last ones before it. */
	readonly before?: number;
	readonly limit: number;
}

export interface TurnPage {
	readonly turns: readonly StoredTurn[];
	/** Of the whole session. */
	readonly total: number;
	readonly hasBefore: boolean;
	readonly hasAfter: boolean;
}

export interface TurnPlace {
	readonly sessionId: string;
	readonly seq: number;
}

export interface TurnStart {
	/** Milliseconds since the Unix epoch. */
	readonly startedAt: number;
	/** Of its session. */
	readonly cwd: string;
}

export interface TurnStamp {
	readonly seq: number;
	readonly revision: number;
}

export interface FoundPlace {
	readonly turnSeq: number;
	/** Row of the item in its turn, counted from 1; 0: the prompt. */
	readonly position: number;
	readonly place: "prompt" | "text" | "name" | "input" | "output";
	readonly matches: number;
	readonly snippet: Snippet;
}

export interface StoredCounts {
	readonly sessions: number;
	readonly running: number;
	readonly lost: number;
	readonly turns: number;
}

/** Every method may throw a `CtraceError`: `store-busy`, `store-damaged`, `not-found`. */
export interface BrowseStore {
	/** Changes when another connection has written. */
	dataVersion(): number;
	/** Those that changed after the mark, in the order of their changes. */
	readDigests(after: DigestMark, limit: number): SessionDigest[];
	countSessions(): number;
	countAll(): StoredCounts;
	/** Of the file, without looking whether it is damaged. */
	describe(): Pick<StoreHealth, "sqliteVersion" | "schemaVersion" | "fileBytes" | "logBytes">;
	/** How often each rule masked something, in all sessions. */
	countMasked(): Readonly<Record<string, number>>;
	/** Keys of all sessions. */
	readKeys(): number[];
	keyOf(id: string): number;
	/** In the order of the keys; those that are gone are left out. */
	readLines(keys: readonly number[]): SessionLine[];
	readTurns(id: string, range: TurnRange): TurnPage;
	/** Throws `not-found`. */
	readTurn(id: string, seq: number): StoredTurn;
	readOutline(id: string): TurnLine[];
	/** In the order of the places; of turns that are gone nothing. */
	readStarts(places: readonly TurnPlace[]): (TurnPlace & TurnStart)[];
	/** Which turns there are, and how often each was changed. */
	readStamps(id: string): TurnStamp[];
	/** As the store's own search, with what tells each hit's session. */
	search(words: readonly string[], filter: SearchFilter): SearchResult;
	/** Every place of a session that holds a text, whatever its case. */
	find(id: string, text: string, limit: number): FoundPlace[];
}
