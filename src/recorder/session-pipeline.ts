/**
 * One session, composed: events ─► turns ─► masking ─► store. Nothing below the masker ever sees what was typed or shown.
 */
import type { TurnChange } from "../core/change.ts";
import type { TerminalEvent } from "../core/event.ts";
import type { Gap, GitState, Session, SessionStatus } from "../core/session.ts";
import type { Turn } from "../core/turn.ts";
import type { SessionStart } from "../core/wire.ts";
import type { Masker } from "../masking/masker.ts";
import type { Recorder, Store } from "../store/store.ts";
import type { Pipeline } from "./pipeline.ts";
import { isClaude, type TurnSource } from "./turn-source.ts";

export interface PipelineParts {
	readonly start: SessionStart;
	readonly source: TurnSource;
	readonly masker: Masker;
	readonly store: Store;
	readonly id: string;
	readonly recorder: Recorder;
	readonly facts: { readonly host: string; readonly user: string; readonly git: GitState | undefined };
}

/** A running turn is saved at least this often; the promise is one second. */
const SAVE_EVERY_MS = 500;

type SessionPatch = { -readonly [K in keyof Session]?: Session[K] };

export class SessionPipeline implements Pipeline {
	readonly #parts: PipelineParts;
	readonly #unsaved = new Map<number, Turn | "withdrawn">();
	readonly #turnCounts = new Map<number, Readonly<Record<string, number>>>();
	#sessionCounts: Readonly<Record<string, number>>;
	#patch: SessionPatch = {};
	#gaps: readonly Gap[] = [];
	#savedAt = 0;

	constructor(parts: PipelineParts) {
		this.#parts = parts;
		const { value, counts } = parts.masker.mask(firstRecord(parts));
		this.#sessionCounts = counts;
		parts.store.beginSession(value, parts.recorder);
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
		this.#patch.endedAt = Math.round(this.#parts.start.startedAt + at);
		this.#patch.status = status;
		this.#save(at);
		this.#parts.store.close();
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
			if (change.kind === "turn") this.#unsaved.set(change.turn.seq, change.turn);
			else if (change.kind === "withdrawn") this.#unsaved.set(change.seq, "withdrawn");
			else this.#noteSession(change);
		}
	}

	#noteSession(change: Extract<TurnChange, { kind: "session" }>): void {
		if (change.agent !== undefined) this.#patch.agent = change.agent;
		if (change.agentVersion !== undefined) this.#patch.agentVersion = change.agentVersion;
		if (change.title !== undefined) this.#patch.title = change.title;
		if (change.renderer !== undefined) this.#noteTerminal({ renderer: change.renderer });
	}

	#saveIfDue(at: number): void {
		if (at - this.#savedAt >= SAVE_EVERY_MS) this.#save(at);
	}

	#save(at: number): void {
		this.#savedAt = at;
		if (this.#unsaved.size === 0 && Object.keys(this.#patch).length === 0) return;
		const { store } = this.#parts;
		store.transaction(() => {
			for (const [seq, turn] of this.#unsaved) this.#saveTurn(seq, turn);
			this.#saveSession();
		});
		this.#unsaved.clear();
		this.#patch = {};
	}

	#saveTurn(seq: number, turn: Turn | "withdrawn"): void {
		const { store, masker, id } = this.#parts;
		if (turn === "withdrawn") {
			store.withdrawTurn(id, seq);
			this.#turnCounts.delete(seq);
			return;
		}
		const { value, counts } = masker.mask(turn);
		store.saveTurn(id, value);
		this.#turnCounts.set(seq, counts);
	}

	#saveSession(): void {
		const { store, masker, id } = this.#parts;
		const { value, counts } = masker.mask(this.#patch);
		this.#sessionCounts = addCounts([this.#sessionCounts, counts]);
		const total = addCounts([this.#sessionCounts, ...this.#turnCounts.values()]);
		store.updateSession(id, masker.mask({ ...value, maskedCount: total }).value);
	}
}

function firstRecord({ start, id, facts }: PipelineParts): Session {
	return {
		id,
		agent: isClaude(start.command) ? "claude-code" : "generic",
		agentSessionIds: [],
		command: start.command,
		cwd: start.cwd,
		...(facts.git === undefined ? {} : { git: facts.git }),
		host: facts.host,
		user: facts.user,
		startedAt: Math.round(start.startedAt),
		status: "running",
		terminal: {
			cols: start.cols,
			rows: start.rows,
			renderer: start.attachment === "pipe" ? "pipe" : "classic",
		},
		maskedCount: {},
		gaps: [],
	};
}

function addCounts(all: readonly Readonly<Record<string, number>>[]): Readonly<Record<string, number>> {
	const total: Record<string, number> = {};
	for (const counts of all) {
		for (const [rule, count] of Object.entries(counts)) total[rule] = (total[rule] ?? 0) + count;
	}
	return total;
}
