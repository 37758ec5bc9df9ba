/**
 * One session, composed: events ─► turns ─► masking ─► store. Nothing below the masker ever sees what was typed or shown.
 */
import type { TurnChange } from "../core/change.ts";
import type { TerminalEvent } from "../core/event.ts";
import type { Gap, GitState, Session, SessionStatus } from "../core/session.ts";
import type { Turn } from "../core/turn.ts";
import type { SessionStart } from "../core/wire.ts";
import { createTurnMasker } from "../masking/mask-turn.ts";
import type { MaskedValue, Masker } from "../masking/masker.ts";
import type { Recorder, Store } from "../store/store.ts";
import type { StoredResponse } from "../store/transcript-rows.ts";
import type { Pipeline } from "./pipeline.ts";
import { isClaude, type TurnSource } from "./turn-source.ts";

export interface PipelineParts {
	readonly start: SessionStart;
	readonly source: TurnSource;
	readonly masker: Masker;
	readonly store: Store;
	readonly id: string;
	/** Ids of a transcript's lines as the store keeps them. */
	readonly digestWritten: (written: Written) => {
		readonly anchor: string;
		readonly responses: readonly StoredResponse[];
	};
	readonly noModels: () => ReadonlySet<string>;
	readonly recorder: Recorder;
	readonly facts: SessionFacts;
	/** Nothing is written before the end, and then all of it at once: the session is there whole, or not at all. */
	readonly isStoredWhole?: boolean;
	/** Stored together with the last of the session, or not at all. */
	readonly alsoStore?: () => void;
}

/** What is known of a session beside what happens in it; absent = unknown. */
export interface SessionFacts {
	readonly host?: string;
	readonly user?: string;
	readonly git?: GitState | undefined;
	readonly title?: string;
	/** Absent: what the command's name says. */
	readonly agent?: string;
	/** False: when it ended cannot be told. */
	readonly hasTimes?: boolean;
}

/** A running turn is saved at least this often; the promise is one second. */
const SAVE_EVERY_MS = 500;

type TurnToSave = Extract<TurnChange, { kind: "turn" }>;
type Written = NonNullable<TurnToSave["written"]>;
type SessionPatch = { -readonly [K in keyof Session]?: Session[K] };

export class SessionPipeline implements Pipeline {
	readonly #parts: PipelineParts;
	readonly #unsaved = new Map<number, TurnToSave | "withdrawn">();
	readonly #turnCounts = new Map<number, Readonly<Record<string, number>>>();
	#sessionCounts: Readonly<Record<string, number>>;
	#patch: SessionPatch = {};
	#gaps: readonly Gap[] = [];
	#savedAt = 0;
	#begin: (() => void) | undefined;
	#isUsageNew = false;
	readonly #turnMasker: (turn: Turn) => MaskedValue<Turn>;

	constructor(parts: PipelineParts) {
		this.#parts = parts;
		this.#turnMasker = createTurnMasker(parts.masker);
		const { value, counts } = parts.masker.mask(firstRecord(parts));
		this.#sessionCounts = counts;
		this.#begin = () => parts.store.beginSession(value, parts.recorder);
		if (parts.isStoredWhole !== true) this.#beginOnce();
	}

	feed(event: TerminalEvent): void {
		this.#note(event);
		this.#take(this.#parts.source.feed(event));
		this.#saveIfDue(event.at);
	}

	tick(at: number): void {
		this.#take(this.#parts.source.tick(at));
		this.#saveIfDue(at);
	}

	close(at: number, status: SessionStatus): void {
		this.#take(this.#parts.source.end(at, status === "lost"));
		const { start, facts } = this.#parts;
		if (facts.hasTimes !== false) this.#patch.endedAt = Math.round(start.startedAt + at);
		this.#patch.status = status;
		this.#save(at, this.#parts.alsoStore);
	}

	#beginOnce(): void {
		this.#begin?.();
		this.#begin = undefined;
	}

	#note(event: TerminalEvent): void {
		const { startedAt } = this.#parts.start;
		if (event.kind === "gap") {
			const at = Math.round(startedAt + event.at);
			this.#gaps = [...this.#gaps, { at, reason: event.reason, lostBytes: event.lostBytes }];
			this.#patch.gaps = this.#gaps;
		}
		if (event.kind === "exit") {
			this.#patch.exit = {
				...(event.code === undefined ? {} : { code: event.code }),
				...(event.signal === undefined ? {} : { signal: event.signal }),
			};
		}
		if (event.kind === "resize") this.#noteTerminal({ cols: event.cols, rows: event.rows });
	}

	#terminal: Session["terminal"] | undefined;

	#noteTerminal(change: Partial<Session["terminal"]>): void {
		this.#terminal = { ...(this.#terminal ?? firstRecord(this.#parts).terminal), ...change };
		this.#patch.terminal = this.#terminal;
	}

	#take(changes: readonly TurnChange[]): void {
		for (const change of changes) {
			if (change.kind === "turn") this.#unsaved.set(change.turn.seq, change);
			else if (change.kind === "withdrawn") this.#unsaved.set(change.seq, "withdrawn");
			else this.#noteSession(change);
		}
	}

	#noteSession(change: Extract<TurnChange, { kind: "session" }>): void {
		if (change.agent !== undefined) this.#patch.agent = change.agent;
		if (change.agentVersion !== undefined) this.#patch.agentVersion = change.agentVersion;
		if (change.agentSessionIds !== undefined) this.#patch.agentSessionIds = change.agentSessionIds;
		if (change.title !== undefined) this.#patch.title = change.title;
		if (change.recognition !== undefined) this.#patch.recognition = change.recognition;
		if (change.renderer !== undefined) this.#noteTerminal({ renderer: change.renderer });
	}

	#saveIfDue(at: number): void {
		if (this.#parts.isStoredWhole === true) return;
		if (at - this.#savedAt >= SAVE_EVERY_MS) this.#save(at);
	}

	/** Masking takes its time before the store is locked, so that other writers wait for the writing alone. */
	#save(at: number, alsoStore?: () => void): void {
		this.#savedAt = at;
		if (this.#unsaved.size === 0 && Object.keys(this.#patch).length === 0) return;
		const turns = [...this.#unsaved].map(([seq, turn]) => this.#prepareTurn(seq, turn));
		const saveSession = this.#prepareSession();
		this.#parts.store.transaction(() => {
			this.#beginOnce();
			for (const saveTurn of turns) saveTurn();
			saveSession();
			this.#saveUsage();
			alsoStore?.();
		});
		this.#unsaved.clear();
		this.#patch = {};
	}

	#prepareTurn(seq: number, change: TurnToSave | "withdrawn"): () => void {
		const { store, id } = this.#parts;
		if (change === "withdrawn") {
			this.#turnCounts.delete(seq);
			return () => store.withdrawTurn(id, seq);
		}
		const { value, counts } = this.#turnMasker(change.turn);
		this.#turnCounts.set(seq, counts);
		if (change.written === undefined) return () => store.saveTurn(id, value);
		const { anchor, responses } = this.#parts.digestWritten(change.written);
		return () => {
			store.saveTurn(id, value, anchor);
			store.transcripts.addResponses(id, responses);
			this.#isUsageNew ||= responses.length > 0;
		};
	}

	/** What all responses used that are this session's, counted where they are kept. */
	#saveUsage(): void {
		if (!this.#isUsageNew) return;
		const { store, masker, id, noModels } = this.#parts;
		const usage = store.transcripts.usageOf(id, noModels());
		if (usage !== undefined) store.updateSession(id, masker.mask({ usage }).value);
		this.#isUsageNew = false;
	}

	#prepareSession(): () => void {
		const { store, masker, id } = this.#parts;
		const { value, counts } = masker.mask(this.#patch);
		this.#sessionCounts = addCounts([this.#sessionCounts, counts]);
		const total = addCounts([this.#sessionCounts, ...this.#turnCounts.values()]);
		const patch = masker.mask({ ...value, maskedCount: total }).value;
		return () => store.updateSession(id, patch);
	}
}

function firstRecord({ start, id, facts }: PipelineParts): Session {
	return {
		id,
		agent: facts.agent ?? (isClaude(start.command) ? "claude-code" : "generic"),
		agentSessionIds: [],
		command: start.command,
		cwd: start.cwd,
		...(facts.git === undefined ? {} : { git: facts.git }),
		...(facts.host === undefined ? {} : { host: facts.host }),
		...(facts.user === undefined ? {} : { user: facts.user }),
		startedAt: Math.round(start.startedAt),
		status: "running",
		terminal: {
			cols: start.cols,
			rows: start.rows,
			renderer: start.attachment === "pipe" ? "pipe" : "classic",
		},
		maskedCount: {},
		gaps: [],
		...(facts.title === undefined ? {} : { title: facts.title }),
	};
}

function addCounts(all: readonly Readonly<Record<string, number>>[]): Readonly<Record<string, number>> {
	const total: Record<string, number> = {};
	for (const counts of all) {
		for (const [rule, count] of Object.entries(counts)) total[rule] = (total[rule] ?? 0) + count;
	}
	return total;
}
