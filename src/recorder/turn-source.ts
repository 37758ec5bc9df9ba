/** Events → changes of turns, by the way the command is attached: a screen to be read, or a pipe. */
import { basename } from "node:path";
import type { TurnChange } from "../core/change.ts";
import type { TerminalEvent } from "../core/event.ts";
import type { Frame, Row } from "../core/frame.ts";
import type { Look } from "../core/look.ts";
import type { Picture } from "../core/picture.ts";
import type { SessionStart } from "../core/wire.ts";
import { Screen } from "../screen/screen.ts";
import { readClaudeArgs } from "../turns/command-line.ts";
import { ItemPlaces } from "../turns/item-places.ts";
import { PipeReader } from "../turns/pipe-reader.ts";
import { joinWrapped } from "../turns/rows.ts";
import { Tape } from "../turns/tape.ts";
import { TurnReader } from "../turns/turn-reader.ts";
import { Veil } from "./veil.ts";

export interface TurnSource {
	feed(event: TerminalEvent): readonly TurnChange[];
	/** Time passed; `at` in milliseconds since the session's start. */
	tick(at: number): readonly TurnChange[];
	end(at: number, isLost: boolean): readonly TurnChange[];
	/** What the screen showed since it was asked for: most of it is in no turn yet. */
	newOnScreen(): Shown;
	/** From here on nothing is recorded; gives what there is until then, to the last byte. */
	pause(at: number): readonly TurnChange[];
	/** From here on it is again; what was shown up to now, to the last byte, is not. Gives what was read of it. */
	resume(at: number): readonly TurnChange[];
}

export interface Shown {
	/** Lines that left the top of the screen, and those that it shows now, when it has changed; none of these beside pictures. */
	readonly above: readonly string[];
	readonly lines: readonly string[];
	/** How it looked, oldest first, where somebody wants to know. */
	readonly pictures: readonly Picture[];
}

export const NOTHING_SHOWN: Shown = { above: [], lines: [], pictures: [] };

export function isClaude(command: readonly string[]): boolean {
	return /^claude(?:\.(?:exe|cmd|js))?$/u.test(basename(command[0] ?? ""));
}

export interface SourceOptions {
	/** Also tell how the screen looked. */
	readonly pictures?: boolean;
}

export function createTurnSource(start: SessionStart, look: Look, options: SourceOptions = {}): TurnSource {
	return start.attachment === "pty" ? new ScreenSource(start, look, options) : new PipeSource(start, look);
}

const BLANK_ROW: Row = { text: "", width: 0, isWrapped: false };
/** Of a flood, looked at beside the turns it becomes. */
const MOST_SCROLLED = 500;

class ScreenSource implements TurnSource {
	readonly #start: SessionStart;
	readonly #screen: Screen;
	readonly #reader: TurnReader;
	readonly #places = new ItemPlaces();
	#tape = new Tape();
	/** The tape's turn: a pause ends it, and another one begins. */
	#tapeTurnAt = { seq: 1, startedAt: 0 };
	#isPaused = false;
	readonly #veil = new Veil<Row>((row) => row.text, BLANK_ROW);
	/** A shell's own text is worth keeping; Claude Code's banner is not. */
	readonly #keepsTape: boolean;
	readonly #takesPictures: boolean;
	#newest: Frame | undefined;
	#last: Frame | undefined;
	#scrolled: readonly Row[] = [];

	constructor(start: SessionStart, look: Look, { pictures = false }: SourceOptions) {
		const wrapsClaude = isClaude(start.command);
		const given = wrapsClaude ? readClaudeArgs(start.command.slice(1), look.valueOptions).prompt : undefined;
		this.#start = start;
		this.#keepsTape = !wrapsClaude;
		this.#takesPictures = pictures;
		this.#screen = new Screen({ cols: start.cols, rows: start.rows }, { pictures });
		this.#tapeTurnAt = { seq: 1, startedAt: start.startedAt };
		this.#reader = new TurnReader({
			look,
			startedAt: start.startedAt,
			givenPrompts: given === undefined ? [] : [given],
			firstSeq: () => this.#tapeTurnAt.seq + (this.#keepsTape && !this.#tape.isEmpty ? 1 : 0),
		});
	}

	feed(event: TerminalEvent): readonly TurnChange[] {
		const changes = this.#read(this.#screen.feed(event));
		if (event.kind === "input") this.#reader.input(event.data, event.at);
		return changes;
	}

	tick(at: number): readonly TurnChange[] {
		const changes = this.#read(this.#screen.tick(at));
		return this.#reader.isSeen || !this.#keepsTape ? changes : [...changes, ...this.#tapeTurn(undefined)];
	}

	end(at: number, isLost: boolean): readonly TurnChange[] {
		const flushed = this.#read(this.#screen.flush());
		const changes = [...flushed, ...this.#placed(this.#reader.end(at, isLost), at)];
		return this.#reader.isSeen && !this.#keepsTape ? changes : [...this.#tapeTurn(at), ...changes];
	}

	newOnScreen(): Shown {
		const frame = this.#newest;
		const pictures = this.#screen.takePictures();
		this.#places.see(pictures.map((picture) => Math.round(picture.at)));
		if (frame === undefined) return { ...NOTHING_SHOWN, pictures };
		const scrolled = this.#scrolled;
		this.#newest = undefined;
		this.#scrolled = [];
		return {
			above: joinWrapped(scrolled, frame.cols).map((row) => row.text),
			lines: this.#takesPictures ? [] : joinWrapped(frame.rows, frame.cols).map((row) => row.text),
			pictures,
		};
	}

	/** Claude Code's screen is read on: without it nobody would know where the conversation stands afterwards. */
	pause(at: number): readonly TurnChange[] {
		const changes = this.#read(this.#screen.flush());
		const tape = this.#reader.isSeen || !this.#keepsTape ? [] : this.#tapeTurn(at);
		this.#isPaused = true;
		return [...changes, ...tape];
	}

	resume(at: number): readonly TurnChange[] {
		const changes = this.#read(this.#screen.flush());
		this.#isPaused = false;
		// What stood there before the pause is in the turn that the pause ended.
		this.#veil.cover(this.#last?.rows);
		if (this.#reader.isSeen) return changes;
		if (!this.#tape.isEmpty) this.#tapeTurnAt.seq += 1;
		this.#tapeTurnAt = { ...this.#tapeTurnAt, startedAt: Math.round(this.#start.startedAt + at) };
		this.#tape = new Tape();
		return changes;
	}

	#read(frames: readonly Frame[]): readonly TurnChange[] {
		this.#newest = frames.at(-1) ?? this.#newest;
		this.#last = frames.at(-1) ?? this.#last;
		for (const { scrolled } of frames)
			if (scrolled.length > 0) this.#scrolled = [...this.#scrolled, ...scrolled].slice(-MOST_SCROLLED);
		const changes = frames.flatMap((frame) => {
			const read = this.#placed(this.#reader.feed(frame), frame.at);
			if (!this.#reader.isSeen && !this.#isPaused) this.#tape.feed(this.#veiled(frame));
			return read;
		});
		this.#places.forget(this.#reader.firstSeq);
		if (this.#places.hasBegun) this.#places.expect(this.#screen.pictureSoon());
		return changes;
	}

	#placed(changes: readonly TurnChange[], at: number): readonly TurnChange[] {
		return changes.map((change) =>
			change.kind === "turn" ? { ...change, turn: this.#places.place(change.turn, at) } : change,
		);
	}

	#veiled(frame: Frame): Frame {
		const { rows, left } = this.#veil.over(frame.rows, frame.scrolled);
		return rows === frame.rows && left === frame.scrolled ? frame : { ...frame, rows, scrolled: left };
	}

	#tapeTurn(endedAt: number | undefined): readonly TurnChange[] {
		if (this.#isPaused) return [];
		const ended = endedAt === undefined ? {} : { endedAt: Math.round(this.#start.startedAt + endedAt) };
		const turn = this.#tape.toTurn({ ...this.#tapeTurnAt, ...ended }, { isCut: this.#reader.isSeen });
		return turn === undefined ? [] : [{ kind: "turn", turn }];
	}
}

class PipeSource implements TurnSource {
	readonly #reader: PipeReader;
	#toldVersion = false;

	constructor(start: SessionStart, look: Look) {
		const { command, startedAt } = start;
		this.#reader = new PipeReader({ look, isClaude: isClaude(command), args: command.slice(1), startedAt });
	}

	feed(event: TerminalEvent): readonly TurnChange[] {
		if (event.kind === "input") this.#reader.input(event.data);
		if (event.kind === "output") this.#reader.feed(event.data);
		if (event.kind === "gap" && event.lostBytes > 0) this.#reader.gap();
		const { version } = this.#reader.facts;
		if (version === undefined || this.#toldVersion) return [];
		this.#toldVersion = true;
		return [{ kind: "session", agentVersion: version }];
	}

	tick(): readonly TurnChange[] {
		return this.#reader.report(undefined, false);
	}

	newOnScreen(): Shown {
		return NOTHING_SHOWN;
	}

	pause(): readonly TurnChange[] {
		return [];
	}

	resume(): readonly TurnChange[] {
		return [];
	}

	end(at: number, isLost: boolean): readonly TurnChange[] {
		return this.#reader.report(at, isLost);
	}
}
