/**
 * The headless terminal: bytes in, a buffer of cells out. Only this file knows that it is xterm.
 *
 * It answers nothing: what a program asks of its terminal, the person's own terminal answers.
 */
import { type IMarker, Terminal } from "@xterm/headless";
import type { Row } from "../core/frame.ts";
import { charWidthProvider } from "./char-width.ts";
import { RowCache } from "./row-cache.ts";
import { WholeCharacters } from "./whole-characters.ts";

/** What the byte stream says between the characters; called at the exact place in the stream. */
export interface EmulatorSignals {
	/** A synchronised update (`?2026`) began or ended. */
	readonly sync: (active: boolean) => void;
	/** The screen or its scrollback is about to be erased, or the buffer to be switched. */
	readonly beforeWipe: () => void;
}

/** Rows kept above the screen: more than one slice can scroll off (a slice is smaller, and a row takes a byte at least). */
const SCROLLBACK_ROWS = 3000;
export const SLICE_BYTES = 2048;

const SYNC_MODE = 2026;
const ALTERNATE_MODES: readonly number[] = [47, 1047, 1049];

interface DirtyRange {
	readonly start: number;
	readonly end: number;
}

/** Tells which rows a write touched; nothing means all. Internal: without it every row is looked at every time. */
interface RefreshSource {
	/** The same so far, inside a write. */
	readonly _dirtyRowTracker: DirtyRange;
	onRequestRefreshRows(listener: (range: DirtyRange | undefined) => void): unknown;
}

interface SyncWriter {
	writeSync(data: Uint8Array): void;
}

export class Emulator {
	readonly #terminal: Terminal;
	readonly #writer: SyncWriter;
	readonly #cache: RowCache;
	readonly #characters = new WholeCharacters();
	#top: IMarker | undefined;
	#rows: readonly Row[] = [];
	/** Inside a write the rows it touched have not been reported yet. */
	#isWriting = false;
	/** Rows written since the last look, first and last; without a source for them, all. */
	#dirtyFrom = 0;
	#dirtyTo = Number.POSITIVE_INFINITY;
	readonly #refresh: RefreshSource | undefined;
	#title: string | undefined;
	#cursorVisible = true;

	constructor(size: { cols: number; rows: number }, signals: EmulatorSignals) {
		this.#terminal = new Terminal({
			...size,
			scrollback: SCROLLBACK_ROWS,
			allowProposedApi: true,
			logLevel: "off",
		});
		this.#terminal.unicode.register(charWidthProvider);
		this.#terminal.unicode.activeVersion = charWidthProvider.version;
		this.#writer = syncWriter(this.#terminal);
		this.#cache = new RowCache(this.#terminal.buffer.active.getNullCell());
		this.#terminal.onTitleChange((title) => {
			this.#title = title;
		});
		this.#refresh = refreshSource(this.#terminal);
		this.#refresh?.onRequestRefreshRows((range) => this.#markDirty(range));
		this.#listen(signals);
		this.#markTop();
	}

	get cols(): number {
		return this.#terminal.cols;
	}

	get title(): string | undefined {
		return this.#title;
	}

	get isAlternate(): boolean {
		return this.#terminal.buffer.active.type === "alternate";
	}

	get cursor(): { x: number; y: number; visible: boolean } {
		const buffer = this.#terminal.buffer.active;
		return { x: buffer.cursorX, y: buffer.cursorY, visible: this.#cursorVisible };
	}

	write(slice: Uint8Array): void {
		this.#isWriting = true;
		this.#writer.writeSync(this.#characters.take(slice));
		this.#isWriting = false;
	}

	resize(cols: number, rows: number): void {
		this.#terminal.resize(cols, rows);
		this.#markDirty(undefined);
	}

	/** The visible rows; those that did not change are the same objects as last time. */
	readScreen(): readonly Row[] {
		if (this.#isWriting) this.#markDirty(this.#refresh?._dirtyRowTracker);
		const buffer = this.#terminal.buffer.active;
		const rows: Row[] = [];
		for (let y = 0; y < this.#terminal.rows; y++) {
			const known = y < this.#dirtyFrom || y > this.#dirtyTo ? this.#rows[y] : undefined;
			const line = known === undefined ? buffer.getLine(buffer.baseY + y) : undefined;
			if (known !== undefined) rows.push(known);
			else if (line !== undefined) rows.push(this.#cache.read(line));
		}
		this.#rows = rows;
		this.#dirtyFrom = this.#refresh === undefined ? 0 : Number.POSITIVE_INFINITY;
		this.#dirtyTo = this.#refresh === undefined ? Number.POSITIVE_INFINITY : -1;
		this.#cache.keep(rows);
		return rows;
	}

	/** Rows that left the top of the main screen since the last call. */
	takeScrolled(): readonly Row[] {
		if (this.isAlternate) return [];
		const buffer = this.#terminal.buffer.active;
		const from = this.#top === undefined || this.#top.isDisposed ? 0 : this.#top.line;
		if (from === buffer.baseY) return [];
		const rows: Row[] = [];
		for (let y = from; y < buffer.baseY; y++) {
			const line = buffer.getLine(y);
			if (line !== undefined) rows.push(this.#cache.read(line));
		}
		this.#markTop();
		return rows;
	}

	#markDirty(range: DirtyRange | undefined): void {
		this.#dirtyFrom = Math.min(this.#dirtyFrom, range?.start ?? 0);
		this.#dirtyTo = Math.max(this.#dirtyTo, range?.end ?? Number.POSITIVE_INFINITY);
	}

	#markTop(): void {
		this.#top?.dispose();
		this.#top = this.#terminal.registerMarker(-this.#terminal.buffer.active.cursorY);
	}

	#listen(signals: EmulatorSignals): void {
		const { parser } = this.#terminal;
		const onMode = (params: readonly (number | number[])[], active: boolean): false => {
			for (const param of params) {
				if (param === SYNC_MODE) signals.sync(active);
				if (param === 25) this.#cursorVisible = active;
				if (typeof param === "number" && ALTERNATE_MODES.includes(param)) signals.beforeWipe();
			}
			return false;
		};
		parser.registerCsiHandler({ prefix: "?", final: "h" }, (params) => onMode(params, true));
		parser.registerCsiHandler({ prefix: "?", final: "l" }, (params) => onMode(params, false));
		parser.registerCsiHandler({ final: "J" }, (params) => {
			if (params[0] === 2 || params[0] === 3) signals.beforeWipe();
			return false;
		});
		parser.registerEscHandler({ final: "c" }, () => {
			signals.beforeWipe();
			return false;
		});
	}
}

/**
 * The emulator's public `write` answers later, from a timer; a pure stage needs the answer now. The synchronous
 * writer is internal, so it is looked up once and its absence is an error at construction, not a wrong screen.
 */
function syncWriter(terminal: Terminal): SyncWriter {
	const core: unknown = Reflect.get(terminal, "_core");
	if (isSyncWriter(core)) return core;
	throw new Error("this build of the terminal emulator has no synchronous writer");
}

function isSyncWriter(value: unknown): value is SyncWriter {
	return typeof value === "object" && value !== null && typeof Reflect.get(value, "writeSync") === "function";
}

function refreshSource(terminal: Terminal): RefreshSource | undefined {
	const core: unknown = Reflect.get(terminal, "_core");
	const handler: unknown =
		typeof core === "object" && core !== null ? Reflect.get(core, "_inputHandler") : undefined;
	return isRefreshSource(handler) ? handler : undefined;
}

function isRefreshSource(value: unknown): value is RefreshSource {
	if (typeof value !== "object" || value === null) return false;
	const tracker: unknown = Reflect.get(value, "_dirtyRowTracker");
	const hasRange = typeof tracker === "object" && tracker !== null && "start" in tracker && "end" in tracker;
	return hasRange && typeof Reflect.get(value, "onRequestRefreshRows") === "function";
}
