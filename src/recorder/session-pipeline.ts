/**
 * One session, composed: events ─► turns ─► masking ─► store. Nothing below the masker ever sees what was typed or shown.
 */
import type { TurnChange } from "../core/change.ts";
import type { TerminalEvent } from "../core/event.ts";
import type { Gap, Session, SessionStatus } from "../core/session.ts";
import type { SessionStart } from "../core/wire.ts";
import { withoutCutOff, withoutUncertain } from "../masking/hold-back.ts";
import { createMaskMemory, type Masker, withCounts } from "../masking/masker.ts";
import type { Recorder, Store } from "../store/store.ts";
import type { StoredResponse } from "../store/transcript-rows.ts";
import { Ending } from "./ending.ts";
import { firstRecord, lastFacts, type SessionFacts } from "./first-record.ts";
import { Pauses } from "./pauses.ts";
import type { Pausing } from "./pausing.ts";
import type { Pipeline } from "./pipeline.ts";
import { SavePace } from "./save-pace.ts";
import { ScreenRecorder } from "./screen-recorder.ts";
import { addCounts, isWrittenDown, leftAt } from "./turn-facts.ts";
import type { TurnSource } from "./turn-source.ts";
import { Writes } from "./writes.ts";

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
	/** Keep what the screen looked like. */
	readonly isScreenKept?: boolean;
	/** Absent: nobody can pause it. */
	readonly pausing?: Pausing;
	/** Told when it is paused, and when it goes on. */
	readonly onPause?: (isPaused: boolean) => void;
	/** Nothing is written before the end, and then all of it at once: the session is there whole, or not at all. */
	readonly isStoredWhole?: boolean;
	/** Stored together with the last of the session, or not at all. */
	readonly alsoStore?: () => void;
	/** Milliseconds, for how often is saved. Absent: time passes as the events say. */
	readonly now?: () => number;
}

/** How soon a changed pattern counts. */
const CHECK_EVERY_MS = 2000;

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
	readonly #pace: SavePace;
	#checkedAt = 0;
	readonly #writes: Writes;
	readonly #pauses = new Pauses();
	/** The turn that went on when it was saved last. */
	#running: TurnToSave | undefined;
	readonly #screen: ScreenRecorder | undefined;
	#isUsageNew = false;
	readonly #ending = new Ending();

	constructor(parts: PipelineParts) {
		this.#parts = parts;
		this.#pace = new SavePace(parts.now);
		const { masker, knownValues = [] } = parts;
		if (parts.isScreenKept === true)
			this.#screen = new ScreenRecorder({ masker, memory: this.#memory, knownValues });
		const { value, counts } = parts.masker.mask(firstRecord(parts), this.#memory);
		this.#sessionCounts = counts;
		const begin = () => parts.store.beginSession(value, parts.recorder);
		this.#writes = new Writes(parts.store);
		if (parts.isStoredWhole === true) this.#writes.later(begin);
		else this.#writes.write(begin);
	}

	feed(event: TerminalEvent): void {
		this.#note(event);
		this.#take(this.#parts.source.feed(event));
		if (this.#parts.pausing?.read(event) === true) this.#checkPause(event.at);
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
		this.#patch = { ...this.#patch, ...lastFacts(this.#parts, at), status };
		this.#save(at, this.#parts.alsoStore);
	}

	/** Somebody may have said so in another terminal, or with the keys for it. */
	#checkPause(at: number): void {
		const isWanted = this.#parts.pausing?.isWanted === true;
		if (isWanted === this.#pauses.isPaused) return;
		const now = Math.round(this.#parts.start.startedAt + at);
		const { source, onPause } = this.#parts;
		if (isWanted) {
			this.#take(source.pause(at));
			this.#screen?.take(source.newOnScreen(), at);
			this.#screen?.pause(at);
			if (this.#running !== undefined)
				this.#take([{ ...this.#running, turn: leftAt(this.#running.turn, now) }]);
			this.#noteGap({ at, reason: "paused", lostBytes: 0 });
			this.#save(at);
			this.#pauses.begin(now);
		} else {
			this.#take(source.resume(at));
			this.#screen?.take(source.newOnScreen(), at);
			this.#screen?.resume(at);
			this.#pauses.end(now);
		}
		onPause?.(isWanted);
	}

	/** What ended against its will may have been in the middle of a secret. */
	#dropCutOff(status: SessionStatus): void {
		const newest = Math.max(...this.#unsaved.keys());
		const change = this.#unsaved.get(newest);
		if (!this.#ending.isCut(status) || change === undefined || change === "withdrawn") return;
		if (isWrittenDown(change.turn.items.at(-1))) return;
		this.#unsaved.set(newest, { ...change, turn: withoutCutOff(change.turn, this.#parts.knownValues) });
	}

	#note(event: TerminalEvent): void {
		this.#ending.note(event);
		if (event.kind === "gap") this.#noteGap(event);
		if (event.kind === "exit") {
			this.#patch.exit = {
				...(event.code === undefined ? {} : { code: event.code }),
				...(event.signal === undefined ? {} : { signal: event.signal }),
			};
		}
		if (event.kind === "resize") this.#noteTerminal({ cols: event.cols, rows: event.rows });
	}

	#noteGap({ at, reason, lostBytes }: Gap): void {
		if (lostBytes > 0) this.#screen?.gap(at, "missed");
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
			if (change.kind === "turn") this.#takeTurn(change);
			else if (change.kind === "withdrawn") this.#unsaved.set(change.seq, "withdrawn");
			else this.#noteSession(change);
		}
	}

	#takeTurn(change: TurnToSave): void {
		if (this.#pauses.concern(change.turn)) return;
		this.#unsaved.set(change.turn.seq, change);
		if (change.turn.status === "running") this.#running = change;
		else if (change.turn.seq === this.#running?.turn.seq) this.#running = undefined;
	}

	#noteSession(change: Extract<TurnChange, { kind: "session" }>): void {
		if (change.agent !== undefined) this.#patch.agent = change.agent;
		if (change.agentVersion !== undefined) this.#patch.agentVersion = change.agentVersion;
		if (change.agentSessionIds !== undefined) this.#patch.agentSessionIds = change.agentSessionIds;
		// It may say what is talked about meanwhile.
		if (change.title !== undefined && !this.#pauses.isPaused) this.#patch.title = change.title;
		if (change.recognition !== undefined) this.#patch.recognition = change.recognition;
		if (change.renderer !== undefined) this.#noteTerminal({ renderer: change.renderer });
	}

	#saveIfDue(at: number): void {
		if (this.#parts.isStoredWhole === true) return;
		if (!this.#pace.isLookDue(at)) return;
		this.#checkPause(at);
		if (this.#pace.isSaveDue(at)) this.#save(at);
		else this.#learn(at);
	}

	/** Masking takes its time before the store is locked, so that other writers wait for the writing alone. */
	#save(at: number, alsoStore?: () => void): void {
		this.#pace.saved(at);
		this.#learn(at);
		const isChanged = this.#unsaved.size > 0 || Object.keys(this.#patch).length > 0 || this.#writes.isLate;
		if (!isChanged && this.#screen?.isDue(at, true) !== true) return;
		const turns = [...this.#unsaved].map(([seq, turn]) => this.#prepareTurn(seq, turn));
		const saveSession = this.#prepareSession();
		const saveScreen = this.#prepareScreen(at);
		const work = () => {
			for (const saveTurn of turns) saveTurn();
			saveSession();
			saveScreen();
			this.#saveUsage();
			alsoStore?.();
		};
		if (this.#isOver) this.#writes.writeLast(work);
		else this.#writes.write(work);
		this.#unsaved.clear();
		this.#patch = {};
	}

	/**
	 * What stands on the screen may be in no turn yet, or be read for one while it is half painted over: what is secret in
	 * it is known from here on.
	 */
	#learn(at: number): void {
		this.#pace.looked(at);
		const shown = this.#parts.source.newOnScreen();
		const lines = [...shown.above, ...shown.lines];
		if (this.#screen !== undefined) this.#screen.take(shown, at, this.#ending.isWell(this.#patch.status));
		else if (lines.length > 0) this.#parts.masker.mask(lines, this.#memory);
	}

	#prepareScreen(at: number): () => void {
		const screen = this.#screen;
		if (screen === undefined || !(this.#isOver || screen.isDue(at, false))) return () => {};
		const chunks = this.#isOver ? screen.finish() : screen.chunks(at);
		return () => this.#parts.store.recordings.save(this.#parts.id, chunks);
	}

	get #isOver(): boolean {
		return this.#patch.status !== undefined;
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
		if (Object.keys(masked.counts).length > 0) this.#turnCounts.set(seq, masked.counts);
		else this.#turnCounts.delete(seq);
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
