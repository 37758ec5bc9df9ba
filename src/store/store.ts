/** What the store offers. Writers hand in masked values only; readers get plain ones back. */
import type { Masked } from "../core/masked.ts";
import type { Session, SessionStatus } from "../core/session.ts";
import type { Turn } from "../core/turn.ts";
import type { BackupStore } from "./backup-rows.ts";
import type { BrowseStore } from "./browse-store.ts";
import type { FigureStore } from "./figures/figures.ts";
import type { InsightStore } from "./insight-rows.ts";
import type { RecordingStore } from "./recording-rows.ts";
import type {
	HighlightRange,
	MarkHit,
	SearchedKind,
	SearchFilter,
	SearchHit,
	Snippet,
	StoredTurn,
	StoreHealth,
	StoreSpace,
} from "./stored-shapes.ts";
import type { MaskedCount, Replacement, StoredText } from "./stored-text.ts";
import type { SyncStore } from "./sync-store.ts";
import type { TranscriptStore } from "./transcript-rows.ts";
import type { UsageQuery, UsageRow } from "./usage-rows.ts";

export type {
	HighlightRange,
	MarkHit,
	SearchedKind,
	SearchFilter,
	SearchHit,
	Snippet,
	StoredTurn,
	StoreHealth,
	StoreSpace,
};

/** The processes behind a running session, so that a reader can tell a live one from an abandoned one. */
export interface Recorder {
	readonly pid: number;
	/** Which boot (and process namespace) the pids belong to. */
	readonly bootId?: string;
	/** The wrapper feeding it: once that is gone, the recorder is only finishing. */
	readonly wrapperPid?: number;
}

export interface SessionFilter {
	/** Sessions in this directory or below it. */
	readonly cwd?: string;
	/** Milliseconds since the Unix epoch: started at or after. */
	readonly since?: number;
	readonly agent?: string;
	readonly status?: SessionStatus;
	/** Only these, and those that made one of these commits. */
	readonly named?: { readonly ids: readonly string[]; readonly commits: readonly string[] };
	/** With this tag of the person's. */
	readonly tag?: string;
	readonly pinned?: boolean;
	readonly limit?: number;
}

export interface SessionSummary {
	readonly session: Session;
	readonly turnCount: number;
	/** The first thing the person asked; absent when nothing was asked. */
	readonly firstPrompt?: string;
	readonly recorder: Recorder;
}

export interface StoredSession {
	readonly session: Session;
	readonly turns: readonly StoredTurn[];
	readonly recorder: Recorder;
}

/** Much that is written, in transactions that span several saves. */
export interface BulkWork extends Disposable {
	/** Calls once what was saved so far is stored for good, and never when it is not; at once when nothing waits. */
	afterCommit(tell: () => void): void;
}

export interface Deletion {
	/** False when another process still reads old pages: their bytes go when it closes. */
	readonly isWiped: boolean;
}

/** How well one version of an agent was understood, over all its sessions. */
export interface VersionRecognition {
	readonly agent: string;
	readonly agentVersion?: string;
	readonly sessions: number;
	readonly turns: number;
	/** Lines of the sessions that counted them, and those of them that no pattern claimed. */
	readonly lines: number;
	readonly unclaimed: number;
	/** Turns that both screen and transcript tell of, and the mean of how well the two agree, from 0 to 1. */
	readonly compared: number;
	readonly fidelity?: number;
}

/** Every method may throw a `CtraceError`: `disk-full`, `store-busy`, `store-damaged`, `permission`, `not-found`. */
export interface Store extends Disposable {
	readonly path: string;
	beginSession(session: Masked<Session>, recorder: Recorder): void;
	/** Changes the given fields only; also how a session is ended. */
	updateSession(id: string, patch: Masked<Partial<Session>>): void;
	/** Inserts or replaces the turn with this `seq`; what did not change is not written. */
	saveTurn(sessionId: string, turn: Masked<Turn>, anchor?: string): void;
	withdrawTurn(sessionId: string, seq: number): void;
	/** From now on a write waits so many milliseconds for another writer, before `store-busy`. */
	waitAtMost(ms: number): void;
	/** All writes inside `work` become durable together, or none does. */
	transaction<T>(work: () => T): T;
	/** Newest first. */
	listSessions(filter?: SessionFilter): SessionSummary[];
	/** `last`, a full id, or any unique beginning of one. */
	findSession(reference: string): string;
	readSession(id: string): StoredSession;
	/** The session without its turns. */
	readHead(id: string): Session;
	/** Removes the session from tables, index and file bytes. */
	deleteSession(id: string): Deletion;
	/** Best match first. A word holding blanks is a phrase; the last word also matches as a beginning. */
	search(words: readonly string[], filter?: SearchFilter): SearchHit[];
	/** Sessions whose tags and note hold all the words, newest first. */
	searchMarks(words: readonly string[], filter?: SearchFilter): MarkHit[];
	/** Closes as `lost` what runs without a recorder; gives the ids. */
	closeAbandoned(isAlive: (pid: number, bootId: string | undefined) => boolean): string[];
	/** The session that a recording became when it was imported, by the recording's fingerprint. */
	findImport(fingerprint: string): string | undefined;
	/** Remembers what a session was imported from, for as long as the session is kept. */
	noteImport(sessionId: string, fingerprint: string): void;
	/** What is kept of Claude Code's own transcripts. */
	readonly transcripts: TranscriptStore;
	/** Newest first, or the largest first where the key is no time. */
	readUsage(query: UsageQuery): UsageRow[];
	/**
	 * Until it is disposed of, much is written: a power cut may cost the last transactions, never leave half of one. What
	 * was saved last is not searched before.
	 */
	beginBulk(): BulkWork;
	/** Every text of a session, or, without one, what belongs to none. */
	readTexts(sessionId: string | undefined): StoredText[];
	/** All of them become durable together; where a text was changed since it was read, it stays. */
	replaceTexts(
		sessionId: string | undefined,
		replacements: readonly Replacement[],
		counts: readonly MaskedCount[],
	): void;
	/** Takes away what replaced and deleted texts may have left in the files. Nobody writes meanwhile. */
	purge(): Deletion;
	/** What the screen looked like. */
	readonly recordings: RecordingStore;
	/** What waits to be sent to the remote side, and what came from there. */
	readonly sync: SyncStore;
	/** What is counted of all sessions. */
	readonly figures: FigureStore;
	/** What a backup has. */
	readonly backup: BackupStore;
	/** What a model said of sessions. */
	readonly insights: InsightStore;
	/** For whoever looks over many sessions, or through a long one. */
	readonly browse: BrowseStore;
	checkHealth(): StoreHealth;
	/** Of the file, and of what is free in it. */
	checkSpace(): StoreSpace;
	/** Of all agents but the unknown ones, newest version first. */
	recognitionByVersion(): VersionRecognition[];
	close(): void;
}
