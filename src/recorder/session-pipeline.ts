/**
 * One session, composed: events ─► turns ─► masking ─► store. Nothing below the masker ever sees what was typed or shown.
 */
import type { TurnChange } from "../core/change.ts";
import type { TerminalEvent } from "../core/event.ts";
import type { Gap, GitState, Session, SessionStatus } from "../core/session.ts";
import type { Item } from "../core/turn.ts";
import type { SessionStart } from "../core/wire.ts";
import { withoutCutOff, withoutUncertain } from "../masking/hold-back.ts";
import { createMaskMemory, type Masker, withCounts } from "../masking/masker.ts";
import type { Recorder, Store } from "../store/store.ts";
import type { StoredResponse } from "../store/transcript-rows.ts";
import type { Pipeline } from "./pipeline.ts";
import { isClaude, type TurnSource } from "./turn-source.ts";

export interface PipelineParts {
	readonly start: SessionStart;
	readonly source: TurnSource;
	readonly masker: Masker;
	/** Values known to be secret: their beginnings are held back, too. */
	readonly knownValues?: readonly string[];
	/** Looks whether the patterns changed; gives what is wrong with them. */
	readonly checkPatterns?: () => string | undefined;
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
/** How soon a changed pattern counts. */
const CHECK_EVERY_MS = 2000;
/** A shell's exit code for a command that a signal ended lies above this. */
const SIGNAL_CODES = 128;

type TurnToSave = Extract<TurnChange, { kind: "turn" }>;
type Written = NonNullable<TurnToSave["written"]>;
type SessionPatch = { -readonly [K in keyof Session]?: Session[K] };

export class SessionPipeline implements Pipeline {
	readonly #parts: PipelineParts;
	readonly #unsaved = new Map<number, TurnToSave | "withdrawn">();
	/** A secret that was seen whole once is known by its pieces for the rest of the session. */
	readonly #memory = createMaskMemory();
	readonly #turnCounts = new Map<number, Readonly<Record<string, number>>>();
	#sessionCounts: Readonly<Record<string, number>>;
	#patch: SessionPatch = {};
	#gaps: readonly Gap[] = [];
	#savedAt = 0;
	#checkedAt = 0;
	#begin: (() => void) | undefined;
	#isUsageNew = false;
	/** By a signal, as a shell tells of one, too. */
	#wasEnded = false;

	constructor(parts: PipelineParts) {
		this.#parts = parts;
		const { value, counts } = parts.masker.mask(firstRecord(parts), this.#memory);
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
		this.#checkPatterns(at);
		this.#saveIfDue(at);
	}

	close(at: number, status: SessionStatus): void {
		this.#take(this.#parts.source.end(at, status === "lost"));
		this.#dropCutOff(status);
		const { start, facts } = this.#parts;
		if (facts.hasTimes !== false) this.#patch.endedAt = Math.round(start.startedAt + at);
		this.#patch.status = status;
		this.#save(at, this.#parts.alsoStore);
	}

	/** What ended against its will may have been in the middle of a secret. */
	#dropCutOff(status: SessionStatus): void {
		const newest = Math.max(...this.#unsaved.keys());
		const change = this.#unsaved.get(newest);
		if ((status !== "lost" && !this.#wasEnded) || change === undefined || change === "withdrawn") return;
		if (isWrittenDown(change.turn.items.at(-1))) return;
		this.#unsaved.set(newest, { ...change, turn: withoutCutOff(change.turn, this.#parts.knownValues) });
	}

	#beginOnce(): void {
		this.#begin?.();
		this.#begin = undefined;
	}

	#note(event: TerminalEvent): void {
		if (event.kind === "gap") this.#noteGap(event);
		if (event.kind === "exit") {
			this.#wasEnded = event.signal !== undefined || (event.code ?? 0) > SIGNAL_CODES;
			this.#patch.exit = {
				...(event.code === undefined ? {} : { code: event.code }),
				...(event.signal === undefined ? {} : { signal: event.signal }),
			};
		}
		if (event.kind === "resize") this.#noteTerminal({ cols: event.cols, rows: event.rows });
	}

	#noteGap({ at, reason, lostBytes }: Gap): void {
		const gap = { at: Math.round(this.#parts.start.startedAt + at), reason, lostBytes };
		this.#gaps = [...this.#gaps, gap];
		this.#patch.gaps = this.#gaps;
	}

	/** A set of patterns that does not load is said in the session: nothing is missing, and less may be masked than was meant. */
	#checkPatterns(at: number): void {
		if (at - this.#checkedAt < CHECK_EVERY_MS) return;
		this.#checkedAt = at;
		const problem = this.#parts.checkPatterns?.();
		if (problem !== undefined) this.#noteGap({ at, reason: problem, lostBytes: 0 });
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
		this.#learn();
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

	/**
	 * What stands on the screen may be in no turn yet, or be read for one while it is half painted over: what is secret in
	 * it is known from here on.
	 */
	#learn(): void {
		const rows = this.#parts.source.newOnScreen();
		if (rows.length > 0) this.#parts.masker.mask(rows, this.#memory);
	}

	#prepareTurn(seq: number, change: TurnToSave | "withdrawn"): () => void {
		const { store, masker, id, knownValues } = this.#parts;
		if (change === "withdrawn") {
			this.#turnCounts.delete(seq);
			return () => store.withdrawTurn(id, seq);
		}
		const { turn, written } = change;
		const certain = turn.status === "running" ? withoutUncertain(turn, knownValues) : turn;
		const masked = masker.mask(certain, this.#memory);
		this.#turnCounts.set(seq, masked.counts);
		const counted = withCounts(masked);
		if (written === undefined) return () => store.saveTurn(id, counted);
		const { anchor, responses } = this.#parts.digestWritten(written);
		return () => {
			store.saveTurn(id, counted, anchor);
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
		const { value, counts } = masker.mask(this.#patch, this.#memory);
		this.#sessionCounts = addCounts([this.#sessionCounts, counts]);
		const total = addCounts([this.#sessionCounts, ...this.#turnCounts.values()]);
		const patch = masker.mask({ ...value, maskedCount: total }).value;
		return () => store.updateSession(id, patch);
	}
}

/** What a transcript said is whole, whatever became of the screen. */
function isWrittenDown(item: Item | undefined): boolean {
	return (item?.kind === "assistant" || item?.kind === "thinking") && item.source !== "terminal";
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
